field customer: boolean
field email: text
score fit {
  when email ends with ".fr" add 50
  A >= 50
  B otherwise
}
classify lifecycle {
  customer   when customer
  ready      when band = hot and fit.band in (A)
  known      when email is known
}
classify reach {
  mail  when lifecycle in (customer, ready, known)
  none_ otherwise
}
hot >= 50
---
as of 2026-11-01
{"id": "customer, mail", "customer": true, "email": "a@b.fr"}
{"id": "ready, mail", "email": "a@b.fr"}
{"id": "known, mail", "email": "a@b.de"}
{"id": "nothing, none_"}
