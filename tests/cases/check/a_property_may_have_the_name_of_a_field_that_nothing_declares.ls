when country = "FR" add 5
when event visit where country > 3 add 5
