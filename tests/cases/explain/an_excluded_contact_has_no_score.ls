field email: text
event unsubscribe
when any event unsubscribe add -40
when domain(email) = "acme.com" add 10
exclude when email in ("a@acme.com", "b@acme.com") because "on the do-not-contact list"
exclude when any event unsubscribe within 2 years
hot >= 10
---
as of 2026-11-01
{"id": "listed", "email": "A@acme.com", "events": [{"event": "unsubscribe", "at": "2026-10-01"}]}
{"id": "unsubscribed", "email": "c@acme.com", "events": [{"event": "unsubscribe", "at": "2026-10-01"}]}
{"id": "comes_back", "email": "c@acme.com", "events": [{"event": "unsubscribe", "at": "2024-10-01"}]}
