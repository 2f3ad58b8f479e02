when title contains "director" and months since birthday > 1 add 10
when event visit where months since due > 1 add 5 once
--- contacts.csv
id,Job Title,birthday
ann,Director,01/02/1990
--- events.csv
contact,event,when,due
ann,visit,01/02/2026,01/02/2020
--- leadscore.toml
[contacts]
path = "contacts.csv"
fields = { titel = "Job Title" }
dates = { Birthday = "%d/%m/%Y", created = "utc" }
[[events]]
path = "events.csv"
at = "when"
dates = { " when" = "%d/%m/%Y", due_on = "%d/%m/%Y" }
