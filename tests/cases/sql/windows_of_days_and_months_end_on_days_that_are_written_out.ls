field created: date
when any event visit within 30 days add 1
when no event visit not within 2 months add 2
when months since created between 1 and 12 add 3
when weeks since last(event visit) < 2 add 4
when created < 2026-02-28 add 5
