field title: text
field country: text
event visit
let boss = title contains word any of ("director", "CEO")
score fit {
  when boss add 40 because "signs"
  when country = "FR" and boss add 5
  A >= 40
  B otherwise
}
score engagement {
  when event visit add 5 at most 3 times
  decay 5 per month
}
hot >= 40
cold otherwise
---
as of 2026-11-01
{"id": "ann", "title": "Director", "country": "fr", "events": [{"event": "visit", "at": "2026-09-30"}]}
{"id": "bob"}
--- now
# Somebody tidied this up.
event visit
event unheard_of
field country: text
field title: text
cold otherwise
hot >= 40
score engagement {
  decay 5 per month
  when event visit
    add 5
    at most 3 times    # three are enough
}
score fit {
  B otherwise
  A >= 40
  when country = "FR"
    and boss add 5
  when boss add 40 because "signs the contract"
}
let boss = title contains word any of ("ceo", "DIRECTOR")
promise band = cold when title is unknown
test "a test changes nothing" {
  expect score = 0
}
---
as of 2026-11-01
{"id": "bob"}
{"id": "ann", "title": "Director", "country": "fr", "events": [{"event": "visit", "at": "2026-09-30"}]}
