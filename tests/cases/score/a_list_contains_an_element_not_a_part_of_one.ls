field interests: list of text
field note: text
list wanted = "content", "seo"
when interests contains "content" add 1
when interests contains any of wanted add 10
when note contains any of wanted add 100
---
as of 2026-11-01
{"id": "an element: 11", "interests": ["x", "Content"]}
{"id": "a part of one: 0", "interests": ["content marketing"]}
{"id": "text split at semicolons: 10", "interests": "SEO ; ads"}
{"id": "a text holds a part: 100", "note": "Museology"}
