when event visit add 1 every time fading 0.01% per day
decay 0.01% per day
