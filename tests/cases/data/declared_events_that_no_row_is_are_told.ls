event visit
event sign_up
event open
when event visit add 5 once
when event open add 1 once
--- contacts.csv
id
ann
--- events.csv
contact,event,at
ann,Visit,2026-01-01
ann,open,2026-01-01
--- arguments
--contacts contacts.csv
--events events.csv
