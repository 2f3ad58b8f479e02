# Nobody who is not excluded has more than 343 of these events.
event visit

exclude when count(event visit) / 49 > 7
when event visit add 10
