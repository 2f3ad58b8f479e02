when revenue > 2 500,75 add 1 000,5
when revenue > 3 add 0.00001
decay 5 points per month
