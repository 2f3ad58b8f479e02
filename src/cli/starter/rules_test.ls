# What marketing and sales agreed on. Run it with `leadscore test`.

test "a director of a company in our market who asks for a demo is hot" {
  as of 2026-11-01
  given title = "Sales director", employees = 120
  given event request_demo on 2026-10-30
  expect fit = 55
  expect engagement = 50
  expect band = hot
}

test "an intern who downloads everything stays cold" {
  as of 2026-11-01
  given title = "Marketing intern", employees = 5
  given 8 events download_guide on 2026-10-20
  expect engagement = 30
  expect band = cold
}

test "interest cools down" {
  as of 2026-11-01
  given event download_guide on 2026-08-15
  expect engagement = 0
}

test "who unsubscribed is left alone" {
  as of 2026-11-01
  given title = "Head of sales", employees = 120
  given event unsubscribe on 2026-10-30
  expect excluded
}
