when budget > 1 add 10
--- arguments
--contacts contacts.jsonl
--- contacts.jsonl
{"id": 1, "budget": 2}
{"id": 1, "budget": 3}
{"id": 2, "budget": 3
