event visit
score once_ {
  when event visit add 3 once
}
score three {
  when event visit within 1 week add -2 at most 3 times
}
score unlimited {
  when event visit add 1 every time
}
---
as of 2026-11-01
{"id": "none: 0, 0, 0"}
{"id": "one: 3, -2, 1", "events": [{"event": "visit", "at": "2026-10-26"}]}
{"id": "four, one of them too old: 3, -6, 5", "events": [{"event": "visit", "at": "2026-10-25"}, {"event": "visit", "at": "2026-10-26"}, {"event": "visit", "at": "2026-10-27"}, {"event": "visit", "at": "2026-10-28"}, {"event": "visit", "at": "2026-11-01"}]}
