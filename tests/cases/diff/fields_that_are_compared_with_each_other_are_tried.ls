field created: date
field renewal: date
when created < renewal add 1
---
field created: date
field renewal: date
when created < renewal add 2
