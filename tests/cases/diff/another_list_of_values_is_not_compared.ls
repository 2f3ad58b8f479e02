field industry: one of "a", "b"
when industry is known add 10
---
field industry: one of "a", "b", "c"
when industry is known add 10
