when 1 < employees < 5 add 1
when 5 >= employees >= 1 add 1
when a = b = c add 1
