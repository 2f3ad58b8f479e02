when title is known add 5
--- contacts.jsonl
{"id": "ann", "title": "a"}
{"id": {"value": 12}, "title": "b"}
--- arguments
--contacts contacts.jsonl
