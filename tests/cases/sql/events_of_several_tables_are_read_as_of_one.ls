event open_email
event visit(url: text)
event order(amount: number)
when event open_email add 1 at most 3 times
when event visit where url contains "tarif" add 2 at most 3 times
when sum(amount of event order) > 100 add 3
---
[contacts]
table = "crm.contacts"
[[events]]
table = "web.events"
event = "type"
id = "event_id"
[[events]]
table = "mail.opens"
contact = "lead_id"
name = "open_email"
at = "opened_at"
types = { opened_at = "timestamptz" }
