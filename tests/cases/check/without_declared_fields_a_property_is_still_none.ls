event visit(duration: number)
when event visit add 5
when duration > 10 add 5
when country = "FR" add 5
