when title contains "director" add 10
when event visit where url contains "pricing" add 5 once
--- contacts.jsonl
{"id": "ann", "Title": "Director", "events": [{"event": "visit", "at": "2026-01-01", "URL": "/pricing"}]}
--- arguments
--contacts contacts.jsonl
--strict
