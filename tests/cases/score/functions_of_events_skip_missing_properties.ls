event order(amount: number, shop: text, gift: boolean, on_day: date, tags: list of text)
score count_ {
  when count(event order) = 3 add 1
  when count(event order) = 0 add 2
}
score total {
  when sum(amount of event order) = 10.5 add 1
  when sum(amount of event order) = 0 add 2
}
score mean {
  when average(amount of event order) = 5.25 add 1
  when average(amount of event order) is unknown add 2
}
score least {
  when smallest(amount of event order) = -0.5 add 1
  when smallest(amount of event order) is unknown add 2
}
score most {
  when largest(amount of event order) = 11 add 1
  when largest(amount of event order) is unknown add 2
}
score different {
  when distinct(shop of event order) = 2 add 1
  when distinct(shop of event order) = 0 add 2
  when distinct(gift of event order) = 2 add 10
  when distinct(on_day of event order) = 1 add 100
  when distinct(amount of event order) = 2 add 1_000
  when distinct(tags of event order) = 1 add 10_000
}
score first_ {
  when first(event order) = 2026-01-05 add 1
  when first(event order) is unknown add 2
}
score last_ {
  when last(event order) = 2026-03-05 add 1
  when last(event order) is unknown add 2
}
---
as of 2026-11-01
{"id": "all 1, different 11111", "events": [ {"event": "order", "at": "2026-02-05", "amount": 11, "shop": "Café", "gift": true, "on_day": "2026-01-01", "tags": ["a", "B"]}, {"event": "order", "at": "2026-01-05", "shop": "CAFE", "gift": false, "on_day": "2026-01-01", "tags": ["b", "A"]}, {"event": "order", "at": "2026-03-05", "amount": -0.5, "shop": "Bar", "gift": true}]}
{"id": "all 2"}
{"id": "2 of what is missing, 0 of what is not", "events": [{"event": "order", "at": "2026-02-05"}]}
