when event visit add 5 once
--- contacts.csv
id
ann
--- leadscore.toml
contacts.path = "contacts.csv"
[events]
path = "events.csv"
