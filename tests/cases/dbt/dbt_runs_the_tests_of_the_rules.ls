model "Small leads"
timezone "Europe/Paris"

field employees: number
field newsletter: boolean
field interests: list of text
field created: date

event visit_page(seconds: number)
event send_email passive
event unsubscribe

exclude when any event unsubscribe because "asked not to be contacted"

score fit min 0 max 50 {
  by employees {
    1 to 49  add 10
    >= 50    add 30
    unknown  add -5
  }
  when interests contains "scoring" add 12.5
  A >= 40
  B otherwise
}

score engagement {
  when event visit_page where seconds >= 30 within 3 months
    add 5 at most 3 times fading 10% per month
  when months since created >= 12 add 2
  decay 5 per month
}

hot >= 40
warm >= 20

classify stage {
  reader      when newsletter
  `no "one"`  otherwise
}

test "a middling company that's interested" {
  as of 2026-11-01
  given employees = 50, interests = "scoring", "e-mail"
  given 3 events visit_page(seconds = 45.5) on 2026-09-15
  given event visit_page today
  expect score = 51
  expect band = hot
  expect fit.band = A
}

test "nobody" {
  expect score = 0
}

test "nobody?" {
  given newsletter = true, created = 2023-12-31
  expect stage = reader
}

test "who is excluded has a reason" {
  given event unsubscribe 2 days ago
  expect excluded
}

test "a part of a list cannot be two" {
  given interests = "a;b"
  expect fit = 0
}
