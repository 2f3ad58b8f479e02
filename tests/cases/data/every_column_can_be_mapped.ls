field title: text
field employees: number
when title contains "DRH" and employees > 10 add 5
when event visit_page where url contains "/tarifs" add 1
field birthday: date
when years since birthday > 18 add 1
timezone "Europe/Paris"
event visit_page(url: text)
--- leadscore.toml
rules = "rules.ls"
[contacts]
path = "contacts.csv"
id = "Record ID"
fields = { title = "Job Title" }
missing = ["Select", "N/A"]
dates = { birthday = "%d/%m/%Y" }
delimiter = ";"
decimal = ","
[[events]]
path = "events.csv"
contact = "lead"
event = "type"
at = "when"
id = "key"
dates = { when = "%d.%m.%Y %H:%M %z" }
[[events]]
path = "opens.csv"
contact = "lead"
name = "visit_page"
at = "day"
--- contacts.csv
Record ID;Job Title;employees;birthday
a;Select;12,5;31/12/1999
b; N/A ;7;1999-12-31
c;select;1.5;
--- events.csv
lead,type,when,url,key
a,visit_page,01.11.2026 23:30 +0000,/x,k1
a,visit_page,01.11.2026 23:30 +0000,/x,k1
b,visit_page,02.11.2026 10:00 +0100,/y,
b,visit_page,03.11.2026 10:00 +0100,/y,
--- opens.csv
lead,day,url
a,2026-11-01 00:30,/z
