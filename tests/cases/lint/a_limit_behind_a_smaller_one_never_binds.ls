when event visit_page within 7 days add 5 once per day at most 10 times
when event call add 5 at most 3 times per week at most 2 times
when event mail within 30 days add 1 once per day at most 10 times
