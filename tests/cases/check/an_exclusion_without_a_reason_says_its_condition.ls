exclude when any event unsubscribe within 30 days   # asked
     or country = "XX"
exclude when spam because "spam"
