event visit(url: text, duration: number, tags: list of text, logged_in: boolean, due: date)
event open(subject: text)
when event visit where url contains "/tarifs" add 1
when event visit where (url starts with "/a" and duration >= 30) add 10
when event visit where not logged_in add 100
when event visit where tags contains "x" add 1_000
when event visit where days since due > 0 add 10_000
when event in (visit, open) where subject = "hello" add 100_000
---
as of 2026-11-01
{"id": "a price page: 101", "events": [{"event": "visit", "at": "2026-11-01", "url": "/TARIFS"}]}
{"id": "both: 110", "events": [{"event": "visit", "at": "2026-11-01", "url": "/a", "duration": 30}]}
{"id": "logged in: 0", "events": [{"event": "visit", "at": "2026-11-01", "logged_in": true}]}
{"id": "a list and a day: 11000", "events": [{"event": "visit", "at": "2026-11-01", "logged_in": true, "tags": "X", "due": "2026-10-31"}]}
{"id": "a property of the other event: 100000", "events": [{"event": "open", "at": "2026-11-01", "subject": "Hello"}]}
