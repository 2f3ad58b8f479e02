list roles = "cto", "ceo", "cmo", "cfo", "coo", "chief", "chief marketing officer", "head of sales", "vp", "vp sales"
when title contains any of roles add 1
when title contains word any of roles add 10
---
as of 2026-11-01
{"id": "a word", "title": "the CTO, acting"}
{"id": "a part of a word", "title": "director"}
{"id": "the longer one alone", "title": "vp salesforce"}
{"id": "all are parts", "title": "chiefs and xvp salesmen"}
{"id": "the longer one", "title": "Interim chief marketing officer"}
{"id": "accents", "title": "Chéf, Chïef"}
{"id": "none", "title": "clerk"}
