event order(amount: number)
when average(amount of event order) = 0.3333 add 1
when average(amount of event order) = -0.0001 add 10
when average(amount of event order) = 99_999_999_999_999.9999 add 100
when sum(amount of event order) is unknown add 1_000
---
as of 2026-11-01
{"id": "a third: 1", "events": [ {"event": "order", "at": "2026-01-01", "amount": 1}, {"event": "order", "at": "2026-01-01", "amount": 0}, {"event": "order", "at": "2026-01-01", "amount": 0}]}
{"id": "half away from zero: 10", "events": [ {"event": "order", "at": "2026-01-01", "amount": -0.0001}, {"event": "order", "at": "2026-01-01", "amount": 0}]}
{"id": "a sum out of range is missing, the average is not: 1100", "events": [ {"event": "order", "at": "2026-01-01", "amount": 99999999999999.9999}, {"event": "order", "at": "2026-01-01", "amount": 99999999999999.9999}]}
