# 10 today, a ninetieth less for each day before: 455.
event visit

when event visit add 10 once per day fading over 90 days
