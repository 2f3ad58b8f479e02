by visits {
  0 add 0
  < 300 add 10
  < 1000 add 25
  otherwise add 40
}
when country = "FR" or country = "BE" add 5
when title contains word "Chief Executive" add 7
---
by visits {
  0 add 0
  < 200 add 10
  < 1000 add 25
  otherwise add 35
}
when country in ("be", "fr") add 6
when title contains "chief executive" add 7
