when event visit add 5 once
--- contacts.csv
id
--- events.csv
contact,event,at
--- arguments
--contacts contacts.csv
--events events.csv
--strict
