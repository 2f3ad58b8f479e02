when event visit add 5 once per week at most 4 times
when event download add 10 at most 3 times
when event in (call, meeting) add 20 once per month
when event open add -1 every time
