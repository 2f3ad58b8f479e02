when country = "FR" or country = "DE" add 10
when country in ("de", "fr") add -10
when trial add 5
when trial add -5
