when title contains "DRH" and employees > 1 add 5
--- leadscore.toml
[contacts]
path = "contacts.csv"
encoding = "iso-2022-jp"
--- contacts.csv
id,title
a,Société
