when title contains "CTO" add 50
when title contains any of ("intern", "head", "DRH") add -10
when title contains word "CTO" add 5
when title contains "market" add 5
when url contains "/it/" add 1
