field size: number
field segment: text
when size > 5 add 10
when segment = "b" add 5
---
field size: number
when size > 5 add 10
