timezone "Europe/Paris"
field created: date
when any event visit within 30 days add 1
when no event visit not within 2 months add 2
when months since created between 1 and 12 add 3
when event visit add 4 at most 2 times fading over 1 month
decay 5 per 2 weeks
---
as of current
