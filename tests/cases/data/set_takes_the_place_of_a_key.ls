field title: text
field employees: number
when title contains "DRH" and employees > 10 add 5
when event visit_page where url contains "/tarifs" add 1
--- leadscore.toml
[contacts]
path = "contacts.csv"
[[events]]
path = "events.csv"
at = "day"
--- arguments
--set contacts.delimiter=;
--set contacts.fields.title="Job Title"
--set contacts.missing=Select
--set events.0.at=when
--set contacts.id=7
--- contacts.csv
7;Job Title;employees
a;DRH;12
b;Select;
--- events.csv
contact,event,at,when,url
a,visit_page,x,2026-11-01,/tarifs
