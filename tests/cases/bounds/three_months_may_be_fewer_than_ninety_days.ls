event open
when any event open within 90 days and no event open within 3 months add 5
