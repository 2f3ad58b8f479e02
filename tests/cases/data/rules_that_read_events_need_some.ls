when event visit add 5 once
--- contacts.csv
id
ann
--- arguments
--contacts contacts.csv
--strict
