when event visit_page add 1
--- arguments
--contacts contacts.jsonl
--strict
--- contacts.jsonl
{"id":"a","events":""}
{"id":"b","events":"[]"}
{"id":"c","events":[null,{"event":"visit_page","at":"2026-11-01"}]}
{"id":"d","events":true}
