when title contains "director" add 10
when event visit add 5 once
--- contacts.csv
{"id": "ann", "title": "Director"}
{"id": "bob", "title": "Clerk"}
--- arguments
--contacts contacts.csv
