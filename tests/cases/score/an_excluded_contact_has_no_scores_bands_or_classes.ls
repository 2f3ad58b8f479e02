field title: text
event unsubscribe
score fit {
  when title is known add 10
  A >= 5
}
classify kind {
  titled when title is known
}
exclude when any event unsubscribe because "asked not to be contacted"
exclude when title   contains
  "test"   # not a person
promise score between 5 and 100
hot >= 10
---
as of 2026-11-01
{"id": "in", "title": "DRH"}
{"id": "the first reason", "title": "test", "events": [{"event": "unsubscribe", "at": "2026-10-01"}]}
{"id": "the condition as written", "title": "a TEST"}
{"id": "in, and the promise is broken"}
