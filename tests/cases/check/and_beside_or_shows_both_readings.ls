when a and b or c and d add 1
when (a and b) or c add 1
when a or not b or c and d add 1
