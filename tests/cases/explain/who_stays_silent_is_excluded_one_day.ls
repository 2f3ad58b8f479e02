event visit_page
when any event visit_page add 60
when visits > 1 add 5
let visits = count(event visit_page)
exclude when any event and no event within 1 year because "gone for a year"
warm >= 50
---
as of 2026-11-01
{"id": "leaving", "events": [{"event": "visit_page", "at": "2025-12-24"}, {"event": "visit_page", "at": "2027-01-01"}]}
