when title contains "DRH" add 10
when event visit add 5 at most 3 times per week
---
[contacts]
table = "leads"
[[events]]
table = "crm.collected"
