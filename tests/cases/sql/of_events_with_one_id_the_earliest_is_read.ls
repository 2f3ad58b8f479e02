when event visit where url contains "tarif" add 2 at most 3 times
---
[[events]]
id = "event_id"
