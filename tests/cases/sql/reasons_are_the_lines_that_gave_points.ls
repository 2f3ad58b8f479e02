when employees > 10 add 60
when event visit add 5 at most 3 times because "came to see us"
by country {
  "FR"  add 10
}
exclude when country = "US"
---
reasons
