score fit {
  when employees >= 1 add 10
}
score engagement {
  when any event visit add 10
}
score = 0.6 * fit + 0.4 * engagement
hot >= 6
---
score fit {
  when employees >= 1 add 10
}
score engagement {
  when any event visit add 10
}
score = 0.5 * fit + 0.5 * engagement
hot >= 6
---
as of 2026-11-01
{"id": "ann", "employees": 1}
{"id": "bob", "employees": 2, "events": [{"event": "visit", "at": "2026-10-31"}]}
{"id": "cid", "employees": 3}
{"id": "dee", "events": [{"event": "visit", "at": "2026-10-31"}]}
