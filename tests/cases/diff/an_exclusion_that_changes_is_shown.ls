when event visit add 10
exclude when title contains word "intern"
hot >= 10
---
when event visit add 10
exclude when title contains word any of ("intern", "student") because "too young"
hot >= 10
