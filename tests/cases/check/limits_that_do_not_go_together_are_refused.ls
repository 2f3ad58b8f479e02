when event a add 5 once at most 3 times
when event a add 5 once per day at most 3 times per week
when event a add 5 every time once
when event a add 5 once per day every time
when event a add 5 once per day at most 3 times
when event a add 5 at most 0 times
