field renewal: date
when days until renewal between 0 and 30 add 1
when days since renewal < 0 add 10
when months until renewal = 1 add 100
when renewal < 2026-11-01 add 1_000
---
as of 2026-11-01
{"id": "today: 1", "renewal": "2026-11-01"}
{"id": "in a month: 111", "renewal": "2026-12-01"}
{"id": "in 31 days: 10", "renewal": "2026-12-02"}
{"id": "yesterday: 1000", "renewal": "2026-10-31"}
