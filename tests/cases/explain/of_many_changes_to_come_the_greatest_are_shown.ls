when event visit_page within 30 days add 20 once
when event download within 30 days add 1.5 once
when event open_email within 30 days add 10 once
when event request_demo within 20 days add 100 once
when event search within 10 days add 3 once
cold otherwise
warm >= 1.2
---
as of 2026-11-01
{"id": "ann", "events": [{"event": "visit_page", "at": "2026-11-01"}, {"event": "download", "at": "2026-11-01"}, {"event": "open_email", "at": "2026-11-01"}, {"event": "request_demo", "at": "2026-11-01"}, {"event": "search", "at": "2026-11-01"}]}
