field email: text
list competitors = "acme.com", "globex.fr"
when domain(email) in competitors add 1
when domain(email) is unknown add 10
when domain(email) ends with ".fr" add 100
when domain(email) = "acme.com" add 1_000
---
as of 2026-11-01
{"id": "one: 1001", "email": "a@ACME.com"}
{"id": "two at signs: 101", "email": "a@b@globex.fr"}
{"id": "no at sign: 10", "email": "acme.com"}
{"id": "nothing after it: 10", "email": "a@"}
{"id": "missing: 10"}
