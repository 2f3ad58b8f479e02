let boss = title contains word "director"
when boss add 40
when event visit and boss add 5 at most 3 times
by country {
  "fr", "be"  add 10
}
decay 5 per month
hot >= 40
---
as of 2026-11-01
{"id": "ann", "title": "Director", "country": "BE", "events": [{"event": "visit", "at": "2026-09-30"}]}
--- now
let signs = title contains word "Director"
let is_director = signs
when is_director add 40
when event visit and is_director add 5 at most 3 times
by country {
  "Be", "Fr"  add 10
}
decay 5 per month
hot >= 40
---
as of 2026-11-01
{"id": "ann", "title": "Director", "country": "BE", "events": [{"event": "visit", "at": "2026-09-30"}]}
