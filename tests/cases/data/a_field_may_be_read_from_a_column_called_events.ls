field visits: number
when visits > 2 add 5
--- leadscore.toml
[contacts]
path = "contacts.csv"
fields = { visits = "events" }
--- contacts.csv
id,events
a,3
b,x
