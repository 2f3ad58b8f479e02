when event visit add 10 at most 5 times fading over 30 days
when event download add 20 once per day fading 5 per month
when event call add -7.5 every time fading 50% per week
