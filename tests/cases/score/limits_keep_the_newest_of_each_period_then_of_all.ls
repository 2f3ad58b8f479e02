event visit
score day_ {
  when event visit add 1 once per day
}
score week_ {
  when event visit add 1 at most 2 times per week
}
score month_ {
  when event visit add 1 once per month
}
score year_ {
  when event visit add 1 once per year
}
score both {
  when event visit add 1 once per day at most 2 times
}
score other_order {
  when event visit add 1 at most 2 times once per day
}
score newest {
  when event visit add 10 once fading over 10 days
}
score newest_of_days {
  when event visit add 10 once per month at most 2 times fading over 100 days
}
---
as of 2026-11-01
{"id": "five on two days of one week: 2, 2, 1, 1, 2, 2, 9, 9.9", "events": [ {"event": "visit", "at": "2026-10-30"}, {"event": "visit", "at": "2026-10-30"}, {"event": "visit", "at": "2026-10-31"}, {"event": "visit", "at": "2026-10-31"}, {"event": "visit", "at": "2026-10-31"}]}
{"id": "Sunday and Monday: 2, 2, 1, 1, 2, 2, 3, 9.3", "events": [{"event": "visit", "at": "2026-10-25"}, {"event": "visit", "at": "2026-10-18"}]}
{"id": "three months: 4, 4, 3, 1, 2, 2, 8, 16", "events": [{"event": "visit", "at": "2026-10-30"}, {"event": "visit", "at": "2026-09-24"}, {"event": "visit", "at": "2026-09-20"}, {"event": "visit", "at": "2026-08-31"}]}
