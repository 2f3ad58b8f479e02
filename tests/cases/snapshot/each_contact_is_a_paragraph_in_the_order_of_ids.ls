field title: text
field employees: number
field email: text
event visit(url: text)
event `web form`
exclude when email contains "@rival.example" because "a competitor"
score `first look` min 0 max 45 {
  when title contains word "director" add 40
  by employees {
    < 30       add -10.5
    30 to 500  add 10 because "our market"
  }
  A >= 40
  B otherwise
}
score engagement {
  when event visit where url contains "/prices" add 5 at most 3 times
  when any event `web form` add 0.25
  decay 50% per month
}
score max 60 = 1.5 * `first look` + engagement
score priority max 5 = engagement / 2
hot >= 50
`very cold` otherwise
classify stage {
  ready when band = hot
  known when email is known
}
---
as of 2026-11-01
{"id": "9", "title": "Director", "employees": 120, "events": [{"event": "visit", "at": "2026-10-30", "url": "/prices"}, {"event": "visit", "at": "2026-10-31", "url": "/prices"}, {"event": "visit", "at": "2026-10-31", "url": "/prices"}]}
{"id": "10", "employees": 3, "email": "a@b.example", "events": [{"event": "web form", "at": "2026-09-30"}, {"event": "visit", "at": "2026-09-30", "url": "/prices"}]}
{"id": "an id of words", "email": "x@rival.example"}
{"id": "Émile"}
