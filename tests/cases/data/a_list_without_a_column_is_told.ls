field interests: list of text

when interests contains "scoring" add 5
--- contacts.csv
id,interest
ada,scoring
--- leadscore.toml
contacts.path = "contacts.csv"
