field size: number
when size > 5 add 5
---
field size: number
when size > 5 add 5
when size > 5 and size < 3 add 10
