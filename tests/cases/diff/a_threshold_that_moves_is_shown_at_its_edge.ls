when size >= 50 add 10
when country = "FR" add 5
hot >= 10
---
when size >= 51 add 10
when country = "FR" add 5
hot >= 10
