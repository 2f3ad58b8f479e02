event visit
when event visit add 5 once per day
