exclude when country = "BE" because "north"
exclude when country = "ES" because "south"
when size >= 50 add 10
---
exclude when country = "ES" because "south"
exclude when country = "BE" because "north"
when size >= 50 add 10
