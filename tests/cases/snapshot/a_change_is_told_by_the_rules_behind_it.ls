score fit max 45 {
  when title contains word "director" add 40
  when country = "FR" add 5
  by employees {
    30 to 500  add 10
  }
}
score engagement {
  when event visit add 5 at most 3 times
  when any event demo add 20
  decay 5 per month
}
score = fit + 0.5 * engagement
hot >= 50
cold otherwise
---
as of 2026-11-01
{"id": "ann", "title": "Director", "country": "FR", "employees": 100, "events": [{"event": "visit", "at": "2026-09-30"}, {"event": "demo", "at": "2026-09-30"}]}
{"id": "bob", "title": "Director"}
{"id": "cid", "country": "FR", "employees": 100}
{"id": "dan"}
--- now
score fit max 50 {
  when title contains word "director" add 30
  when country = "FR" add 5
  when country = "FR" and employees >= 30 add 2
  by employees {
    30 to 400  add 8
  }
}
score engagement {
  when event visit add 5 at most 2 times
  when any event demo add 30
  decay 10 per month
}
score = fit + engagement
hot >= 50
cold otherwise
---
as of 2026-11-01
{"id": "ann", "title": "Director", "country": "FR", "employees": 100, "events": [{"event": "visit", "at": "2026-09-30"}, {"event": "demo", "at": "2026-09-30"}]}
{"id": "bob", "title": "Director"}
{"id": "cid", "country": "FR", "employees": 100}
{"id": "dan"}
