when title contains "DRH" and employees > 1 add 5
--- arguments
--without-rules
--- leadscore.toml
[contacts]
path = "contacts.csv"
--- contacts.csv
id
a
