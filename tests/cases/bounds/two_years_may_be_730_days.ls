field created: date
when years since created = 2 and days since created = 730 add 5
