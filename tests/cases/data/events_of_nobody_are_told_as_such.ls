when event visit add 5 once
--- contacts.csv
id
ann
--- events.csv
contact,event,at
zoe,visit,2026-01-01
yan,visit,2026-01-02
--- times.csv
contact,event,at
ann,visit,01/01/2026
ann,visit,02/01/2026
--- leadscore.toml
contacts.path = "contacts.csv"
[[events]]
path = "events.csv"
[[events]]
path = "times.csv"
