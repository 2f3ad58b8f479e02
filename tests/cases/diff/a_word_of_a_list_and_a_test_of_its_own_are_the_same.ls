field title: text
when title contains word any of ("sales", "marketing") add 10
when title starts with "chief" add 1
when title ends with "officer" add 1
when title contains word "intern" add -5
when title contains "assist" add -5
---
field title: text
when title contains word "sales" or title contains word "marketing" add 10
when title starts with "chief" add 1
when title ends with "officer" add 1
when title contains word "intern" add -5
when title contains "assist" add -5
