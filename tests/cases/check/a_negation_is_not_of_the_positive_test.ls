when country != "FR" and title not contains "x" and n not in (1, 2) and n not between 1 and 2 and x is unknown add 1
when none of (a, b) add 1
when any event x or no event y or exactly 2 events z add 1
