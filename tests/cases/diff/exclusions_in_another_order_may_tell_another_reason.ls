exclude when country = "BE" because "elsewhere"
exclude when any event unsubscribe because "asked not to be contacted"
when size >= 50 add 10
---
exclude when any event unsubscribe because "asked not to be contacted"
exclude when country = "BE" because "elsewhere"
when size >= 50 add 10
