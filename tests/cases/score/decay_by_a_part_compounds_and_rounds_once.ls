event visit
score s {
  when event visit add 1
  decay 33.33% per 2 weeks
}
---
as of 2026-11-01
{"id": "13 days: 1", "events": [{"event": "visit", "at": "2026-10-19"}]}
{"id": "14 days: 0.6667", "events": [{"event": "visit", "at": "2026-10-18"}]}
{"id": "28 days: 0.4445", "events": [{"event": "visit", "at": "2026-10-04"}]}
{"id": "42 days, three at once: 0.889", "events": [{"event": "visit", "at": "2026-09-20"}, {"event": "visit", "at": "2026-09-20"}, {"event": "visit", "at": "2026-09-20"}]}
