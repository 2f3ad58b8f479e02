# As of 2026-03-31, 30 days reach back to 2026-03-02, and a month to 2026-03-01: its border is 2026-02-28.
when any event visit within 30 days add 1
when any event visit within 1 month add 10
when any event visit not within 1 month add 100
---
as of 2026-03-31
{"id": "today: 11", "events": [{"event": "visit", "at": "2026-03-31"}]}
{"id": "29 days ago: 11", "events": [{"event": "visit", "at": "2026-03-02"}]}
{"id": "30 days ago: 10", "events": [{"event": "visit", "at": "2026-03-01"}]}
{"id": "at the border: 100", "events": [{"event": "visit", "at": "2026-02-28"}]}
{"id": "tomorrow: 0", "events": [{"event": "visit", "at": "2026-04-01"}]}
{"id": "no events: 0"}
