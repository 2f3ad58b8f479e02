field a: boolean
field b: boolean
field c: boolean
when all of (a, b, c) add 1
when any of (a, b, c) add 10
when none of (a, b, c) add 100
when at least 2 of (a, b, c) add 1_000
when at most 2 of (a, b, c) add 10_000
when exactly 2 of (a, b, c) add 100_000
---
as of 2026-11-01
{"id": "none: 10100"}
{"id": "one: 10010", "b": "yes"}
{"id": "two: 111010", "a": true, "c": "oui"}
{"id": "three: 1011", "a": 1, "b": true, "c": true}
{"id": "false ones: 10100", "a": "no", "b": "non", "c": 0}
