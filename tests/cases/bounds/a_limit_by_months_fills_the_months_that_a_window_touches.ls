event visit
when event visit within 31 days add 5 at most 2 times per month
