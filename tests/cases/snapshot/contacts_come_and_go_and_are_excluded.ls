exclude when country = "US" because "no office there"
exclude when any event unsubscribe
when title contains word "director" add 40
when event visit add 5 at most 3 times
hot >= 40
cold otherwise
---
as of 2026-11-01
{"id": "ann", "title": "Director"}
{"id": "bob", "title": "Director", "events": [{"event": "unsubscribe", "at": "2026-10-01"}]}
{"id": "cid", "title": "Director"}
{"id": "eve", "country": "US"}
--- now
exclude when country = "US" because "sold elsewhere"
exclude when any event unsubscribe
when title contains word "director" add 40
when event visit add 5 at most 3 times
hot >= 40
cold otherwise
---
as of 2026-12-01
{"id": "ann", "title": "Director", "events": [{"event": "unsubscribe", "at": "2026-11-20"}]}
{"id": "bob", "title": "Director"}
{"id": "dan", "events": [{"event": "visit", "at": "2026-11-20"}]}
{"id": "eve", "country": "US"}
