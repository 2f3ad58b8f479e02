when title contains "director" add 10
when event visit add 5 once
--- contacts.tsv
id	title
ann	Director, sales
--- events.ndjson
{"contact": "ann", "event": "visit", "at": "2026-01-01"}
--- arguments
--contacts contacts.tsv
--events events.ndjson
