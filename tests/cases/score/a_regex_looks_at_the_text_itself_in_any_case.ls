field title: text
when title matches "ingé" add 1
when title matches "^chief .* officer$" add 10
when title matches "a\.b" add 100
---
as of 2026-11-01
{"id": "with the accent: 1", "title": "INGÉNIEUR"}
{"id": "without: 0", "title": "INGENIEUR"}
{"id": "anchors: 10", "title": "Chief Happiness Officer"}
{"id": "a dot: 100", "title": "xa.by"}
{"id": "no dot: 0", "title": "xaxby"}
