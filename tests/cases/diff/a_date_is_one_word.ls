when created >= 2026-01-05 add 5
hot >= 5
---
when created >= 2026-02-05 add 5
when created between 2026-01-01 and 2026-12-31 add -5
hot >= 5
