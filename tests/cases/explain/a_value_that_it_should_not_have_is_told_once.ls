when title != "CEO" add 1
when title not in ("CEO", "CFO") add 2
when not employees = 5 add 3
when employees != target add 4
when not employees < 10 add 5
when employees > 1_000 add 10_000
hot >= 10_000
---
as of 2026-11-01
{"id": "ann", "title": "ceo", "employees": 5, "target": 5}
