when any event where url contains "pricing" add 5
when any event where agent contains "bot" add -5
--- contacts.csv
id
ann
--- web.csv
contact,event,at,url
ann,visit,2026-01-01,/pricing
--- mail.csv
contact,event,at
ann,open,2026-01-02
--- leadscore.toml
contacts.path = "contacts.csv"
[[events]]
path = "web.csv"
[[events]]
path = "mail.csv"
