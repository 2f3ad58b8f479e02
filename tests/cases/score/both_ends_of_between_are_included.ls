field n: number
field d: date
field low: number
when n between 2 and 3 add 1
when d between 2026-01-01 and 2026-12-31 add 10
when n between low and 10 add 100
when n in (1, 2.5) add 1_000
when d in (2026-01-01, 2025-01-01) add 10_000
---
as of 2026-11-01
{"id": "the low end: 10011", "n": 2, "d": "2026-01-01"}
{"id": "the high end: 11", "n": "3.0", "d": "2026-12-31"}
{"id": "outside: 0", "n": 3.0001, "d": "2027-01-01"}
{"id": "a field as an end: 1101", "n": 2.5, "low": 2.5}
{"id": "a missing end: 1001", "n": 2.5}
