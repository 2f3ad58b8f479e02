when employees >= 1 add 10
when unsubscribed add -30
when event visit within 30 days add 5
---
when employees >= 1 add 10
when invited add 4
when event visit within 30 days add 5
---
as of 2026-11-01
{"id": "ann", "employees": 1, "unsubscribed": true}
{"id": "bob", "employees": 2, "invited": true, "unsubscribed": true}
