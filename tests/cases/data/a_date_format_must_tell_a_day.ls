when months since birthday > 1 add 10
--- contacts.csv
id,birthday
ann,01/02
--- leadscore.toml
[contacts]
path = "contacts.csv"
dates = { birthday = "%d/%q" }
