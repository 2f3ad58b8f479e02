when event visit add 5 once
when event sign_up add 5 once
when event buy add 5 once
exclude when any event unsubscribe
--- contacts.csv
id
ann
--- events.csv
contact,event,at
ann,Visit,2026-01-01
ann,buy,2026-01-01
--- arguments
--contacts contacts.csv
--events events.csv
--strict
