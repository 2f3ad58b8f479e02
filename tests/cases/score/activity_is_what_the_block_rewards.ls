event visit
event open
event call
event mail passive
let engaged = any event open within 10 days
score rewarded {
  when event visit within 1 year add 100
  when engaged add 1
  when no event call add 0.5
  decay 10 per month
}
score tests_only {
  when no event call add 100
  decay 10 per month
}
score passive_only {
  when event mail add 100
  decay 10 per month
}
score named {
  when event visit add 100
  decay 10 per month since event in (call, mail)
}
---
as of 2026-11-01
{"id": "a visit: 90.5, 90, 0, 90", "events": [{"event": "visit", "at": "2026-10-01"}]}
{"id": "an open renews it, its window left out: 90.5, 90, 0, 80", "events": [{"event": "visit", "at": "2026-09-01"}, {"event": "open", "at": "2026-10-01"}]}
{"id": "a call does not, unless it is named: 80, 0, 0, 90", "events": [{"event": "visit", "at": "2026-09-01"}, {"event": "call", "at": "2026-10-01"}]}
{"id": "no activity, no decay: 0.5, 100, 100, 0", "events": [{"event": "mail", "at": "2026-09-01"}]}
