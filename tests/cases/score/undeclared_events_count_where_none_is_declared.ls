when any event visit add 1
when count(event) >= 2 add 10
---
as of 2026-11-01
{"id": "two of any name: 10", "events": [{"event": "dance", "at": "2026-11-01"}, {"event": "sing", "at": "2026-11-01"}]}
{"id": "a visit and a dance: 11", "events": [{"event": "dance", "at": "2026-11-01"}, {"event": "visit", "at": "2026-11-01"}]}
