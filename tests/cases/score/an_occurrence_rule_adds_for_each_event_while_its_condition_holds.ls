field vip: boolean
event visit(url: text)
when event visit within 30 days and vip add 2.5
when event visit add -1 at most 3 times
---
as of 2026-11-01
{"id": "two as a vip: 3", "vip": true, "events": [{"event": "visit", "at": "2026-10-30"}, {"event": "visit", "at": "2026-10-30"}]}
{"id": "two as somebody: -2", "events": [{"event": "visit", "at": "2026-10-30"}, {"event": "visit", "at": "2026-10-30"}]}
{"id": "four, of which one lately: -0.5", "vip": true, "events": [{"event": "visit", "at": "2026-10-30"}, {"event": "visit", "at": "2026-09-01"}, {"event": "visit", "at": "2026-09-02"}, {"event": "visit", "at": "2026-09-03"}]}
