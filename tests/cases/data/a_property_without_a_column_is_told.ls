when event visit where url contains "pricing" add 5 once
when event open where agent contains "bot" add -5 once
--- contacts.csv
id
ann
--- web.csv
contact,event,at,URL,agent
ann,visit,2026-01-01,/pricing,
--- mail.csv
contact,event,at
ann,open,2026-01-02
--- shop.csv
contact,event,at
ann,buy,2026-01-03
--- leadscore.toml
contacts.path = "contacts.csv"
[[events]]
path = "web.csv"
[[events]]
path = "mail.csv"
[[events]]
path = "shop.csv"
