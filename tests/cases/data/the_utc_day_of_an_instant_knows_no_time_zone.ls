timezone "Europe/Paris"
field signup: date
field created: date
when days since signup = 1 add 1
when days since created = 1 add 10
when event visit within 1 day add 100
--- leadscore.toml
rules = "rules.ls"
[contacts]
path = "contacts.csv"
dates = { signup = "utc" }
[[events]]
path = "events.csv"
dates = { at = "utc" }
--- contacts.csv
id,signup,created
late in the day,2026-10-31T23:30:00Z,2026-10-31T23:30:00Z
in milliseconds,1793489400000,1793489400000
at noon,2026-10-31T12:00:00Z,2026-10-31T12:00:00Z
--- events.csv
contact,event,at
late in the day,visit,2026-10-31T23:30:00Z
at noon,visit,2026-11-01T12:00:00Z
