when event visit add 1
decay 5 per month
decay 6 per month
