when created > 2026-01-01 add 1
when event visit add 2 at most 3 times
---
as of current
[[events]]
types = { at = "timestamptz" }
