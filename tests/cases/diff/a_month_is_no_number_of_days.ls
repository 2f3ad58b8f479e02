event visit
when event visit within 1 month add 10 at most 3 times
---
event visit
when event visit within 31 days add 10 at most 3 times
