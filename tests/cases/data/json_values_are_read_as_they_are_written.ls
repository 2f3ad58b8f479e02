field title: text
field employees: number
field client: boolean
field tags: list of text
when title is known and employees > 1 and client and tags contains "a" add 1
--- arguments
--contacts contacts.json
--- contacts.json
[
  {"id": 1.50, "title": 12.50, "employees": 0.00005, "client": true, "tags": ["a", " b ", null, 3]},
  {"id": true, "title": true, "employees": "7", "client": 1, "tags": "x; y"},
  {"id": "c", "title": {"a": 1}, "employees": [1], "client": "vrai", "tags": [["a"]]},
  {"id": "d", "title": "caf\u00e9 [\"}", "employees": null}
]
