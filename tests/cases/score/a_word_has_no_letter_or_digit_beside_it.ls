field title: text
when title contains word "cto" add 1
when title contains word any of ("hr manager", "drh") add 10
when title contains "cto" add 100
---
as of 2026-11-01
{"id": "alone: 101", "title": "CTO"}
{"id": "between signs: 101", "title": "(Founder/CTO)"}
{"id": "in a word: 100", "title": "Director"}
{"id": "before a digit: 100", "title": "CTO2"}
{"id": "two words: 10", "title": "Senior HR Manager, EMEA"}
{"id": "an accented letter beside: 100", "title": "éCTO"}
