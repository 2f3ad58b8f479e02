when any event visit add 1
when no event visit add 10
when at least 2 events visit add 100
when at most 2 events visit add 1_000
when exactly 2 events visit add 10_000
---
as of 2026-11-01
{"id": "none: 1010"}
{"id": "one: 1001", "events": [{"event": "visit", "at": "2026-10-01"}]}
{"id": "two: 11101", "events": [{"event": "visit", "at": "2026-10-01"}, {"event": "visit", "at": "2026-10-01"}]}
{"id": "three: 101", "events": [{"event": "visit", "at": "2026-10-01"}, {"event": "visit", "at": "2026-10-01"}, {"event": "visit", "at": "2026-10-02"}]}
