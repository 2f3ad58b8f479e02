when a > 1 add 0.00001
when a > 2 add 100000000000000
