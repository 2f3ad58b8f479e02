field title: text
field employees: number
when title contains "DRH" and employees > 10 add 5
when event visit_page where url contains "/tarifs" add 1
--- arguments
--contacts contacts.jsonl
--events events.jsonl
--- contacts.jsonl
{"events":[{"event":"visit_page","at":"2026-11-01","url":"/a"},{"event":"open","at":1762000000000}],"id":12,"title":"DRH"}

{"id":"b","events":null}
{"id":"c","events":{}}
{"id":"d","events":[3,{"event":"visit_page"}]}
--- events.jsonl
{"contact":12,"event":"visit_page","at":"2026-10-01","url":"/b"}
{"contact":"b","event":"visit_page","at":"2026-10-02","url":"/c"}
