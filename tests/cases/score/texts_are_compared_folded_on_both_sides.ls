field a: text
field b: text
field tags: list of text
when a = "INGÉNIEUR" add 1
when a in ("x", "ingenieur") add 10
when a contains "GÉNI" add 100
when a starts with "Ing" add 1_000
when a ends with "NIEUR" add 10_000
when a = b add 100_000
when tags contains "CŒUR" add 1_000_000
---
as of 2026-11-01
{"id": "accents and case: 111111", "a": "Ingénieur", "b": "INGENIEUR"}
{"id": "ligatures: 1000000", "tags": ["coeur", "x"]}
{"id": "decomposed: 111111", "a": "Inge\u0301nieur", "b": "ingénieur"}
{"id": "one missing: 11111", "a": "ingenieur"}
{"id": "both missing: 0"}
