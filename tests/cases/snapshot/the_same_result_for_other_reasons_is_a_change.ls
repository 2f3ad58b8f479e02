when title contains word "director" add 10
when country = "FR" add 5
when employees > 10 add 5
---
as of 2026-11-01
{"id": "ann", "title": "Director", "country": "FR"}
{"id": "bob", "title": "Director", "country": "FR", "employees": 12}
{"id": "cid", "title": "Director"}
--- now
when title contains word "director" add 10
when employees > 10 add 5
when email is unknown and country = "FR" add 5
---
as of 2026-11-01
{"id": "ann", "title": "Director", "country": "FR"}
{"id": "bob", "title": "Director", "country": "FR", "employees": 12}
{"id": "cid", "title": "Director"}
