field vip: boolean
event visit
event complain
score s min -100 max 40 {
  when vip add 30
  when event visit add 10
  when event complain add -25
  decay 4 per month
}
---
as of 2026-11-01
{"id": "active today: 10", "events": [{"event": "visit", "at": "2026-11-01"}]}
{"id": "a month without: 6", "events": [{"event": "visit", "at": "2026-10-01"}]}
{"id": "a year without, not below zero: 0", "events": [{"event": "visit", "at": "2025-11-01"}]}
{"id": "the profile stays: 30", "vip": true, "events": [{"event": "visit", "at": "2025-11-01"}]}
{"id": "decay comes before the clamp: 40", "vip": true, "events": [{"event": "visit", "at": "2026-10-01"}, {"event": "visit", "at": "2026-10-01"}]}
{"id": "below zero it takes nothing: -15", "events": [{"event": "visit", "at": "2026-01-01"}, {"event": "complain", "at": "2026-01-01"}]}
{"id": "a complaint is no activity: 7", "events": [{"event": "visit", "at": "2026-09-01"}, {"event": "visit", "at": "2026-09-01"}, {"event": "visit", "at": "2026-09-01"}, {"event": "visit", "at": "2026-09-01"}, {"event": "complain", "at": "2026-10-31"}]}
