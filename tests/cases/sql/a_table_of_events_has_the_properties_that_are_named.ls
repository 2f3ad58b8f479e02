event visit(url: text)
event open_email(agent: text)
when event visit where url contains "tarif" add 2 at most 3 times
when event open_email where agent = "Outlook" add 1
---
[[events]]
table = "web.events"
properties = ["url"]
[[events]]
table = "mail.opens"
properties = ["agent"]
