event visit

when event visit add 10 once per week fading over 90 days
