when title IN ("a", "b") add 3
when title contains ("a", "b") add 3
when title = "a", "b" add 3
when title has "x" add 3
when title not = "x" add 3
when employees more than 3 add 3
when Lead Source = "x" add 3
when created within 30 days add 3
when exactly one of (a, b) add 3
when any event visit within 24 hours add 3
when title = "x" and event visit add 5
when event visit within 30 days where price > 3 add 3
when event visit add 3 max 3 times
when event visit add 3 fading over 3 months at most 3 times
field lead-source: text
field sizes: list of number
decay -5 per month
