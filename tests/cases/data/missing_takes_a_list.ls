when title is known add 5
--- leadscore.toml
[contacts]
path = "contacts.csv"
missing = "Select"
