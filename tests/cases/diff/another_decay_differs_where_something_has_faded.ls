event visit
when event visit add 10 at most 3 times
decay 2 per month
---
event visit
when event visit add 10 at most 3 times
decay 1 per month
