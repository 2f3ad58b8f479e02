field title: text
when title contains "DRH" add 5
when event visit_page add 1
--- leadscore.toml
[contacts]
path = "contacts.csv"
missing = ["none"]
--- contacts.csv
id,title,events
a,DRH,"[{""event"": ""visit_page"", ""at"": ""2026-11-01""}]"
b,DRH,
c,DRH, none
d,DRH,3
