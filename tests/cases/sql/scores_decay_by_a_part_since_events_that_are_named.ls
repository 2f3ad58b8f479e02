when event download add 10 at most 30 times
decay 50% per 2 months since event in (open, click)
