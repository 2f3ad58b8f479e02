when title matches "^(a|b)+c$" add 10
hot >= 10
---
when title matches "^[ab]+c$" add 10
hot >= 10
