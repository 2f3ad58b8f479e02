score fit {
  when employees >= 1 add 10
}
score engagement {
  when any event visit add 10
}
score beside = 3 * fit
score both = fit + engagement
score = both
---
score fit {
  when employees >= 1 add 12
}
score engagement {
  when any event visit add 10
}
score beside = 2 * fit
score both = 0.5 * fit + engagement
score = both
---
as of 2026-11-01
{"id": "ann", "employees": 1}
{"id": "bob", "employees": 2, "events": [{"event": "visit", "at": "2026-10-31"}]}
{"id": "dee", "events": [{"event": "visit", "at": "2026-10-31"}]}
