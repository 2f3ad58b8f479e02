event open
event send passive
when event in (open, send) add 10 once
decay 5 per month
---
event open
event send
when event in (open, send) add 10 once
decay 5 per month
