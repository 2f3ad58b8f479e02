event visit
score straight {
  when event visit add 9 fading over 90 days
}
score months_ {
  when event visit add 9 fading over 2 months
}
score steps {
  when event visit add -9 fading 5 per month
}
score parts {
  when event visit add 9 fading 10% per month
}
score whole {
  when event visit add 9 fading 100% per week
}
---
as of 2026-11-01
{"id": "today: 9, 9, -9, 9, 9", "events": [{"event": "visit", "at": "2026-11-01"}]}
{"id": "31 days, a month ago: 5.9, 4.4262, -4, 8.1, 0", "events": [{"event": "visit", "at": "2026-10-01"}]}
{"id": "two months ago: 2.9, 0, 0, 7.29, 0", "events": [{"event": "visit", "at": "2026-09-01"}]}
{"id": "90 days ago: 0, 0, 0, 7.29, 0", "events": [{"event": "visit", "at": "2026-08-03"}]}
{"id": "89 days ago: 0.1, 0, 0, 7.29, 0", "events": [{"event": "visit", "at": "2026-08-04"}]}
{"id": "two events: 14.9, 13.4262, -13, 17.1, 9", "events": [{"event": "visit", "at": "2026-11-01"}, {"event": "visit", "at": "2026-10-01"}]}
