when event visit and a or b add 1
when event visit and (a or b) add 1
when event visit and a and b or c add 1
