event visit
event send_email passive
when any event within 10 days add 1
when event add 10
when any event send_email add 100
when any event in (visit, send_email) add 1_000
---
as of 2026-11-01
{"id": "a visit: 1011", "events": [{"event": "visit", "at": "2026-11-01"}]}
{"id": "an email sent: 1100", "events": [{"event": "send_email", "at": "2026-11-01"}]}
{"id": "an undeclared event: 0", "events": [{"event": "dance", "at": "2026-11-01"}]}
