event visit
when event visit add 0.0001 fading 50% per month
---
as of 2026-11-01
{"id": "one half of 0.0001 rounds away from zero: 0.0001", "events": [{"event": "visit", "at": "2026-10-01"}]}
{"id": "two of them: 0.0002", "events": [{"event": "visit", "at": "2026-10-01"}, {"event": "visit", "at": "2026-10-01"}]}
{"id": "a quarter is nothing: 0", "events": [{"event": "visit", "at": "2026-09-01"}]}
