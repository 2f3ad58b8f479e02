event visit
when event visit within 7 days add 5 once per day
