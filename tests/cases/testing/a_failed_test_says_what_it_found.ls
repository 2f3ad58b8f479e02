field title: text
event download_whitepaper
exclude when title contains word "concurrent" because "a competitor"
when title contains word "DRH" add 50
by title {
  "Stagiaire" add -20
  unknown add -5
}
when event download_whitepaper add 10 at most 3 times
hot >= 60
cold otherwise

test "an intern who downloads everything stays cold" {
  as of 2026-11-01
  given title = "Stagiaire"
  given 8 events download_whitepaper 20 days ago
  expect score = 10
  expect band = cold
}

test "a DRH is hot at once" {
  given title = "DRH"
  expect score = 60
  expect band = hot
  expect not excluded
}

test "a competitor is cold" {
  given title = "concurrent"
  expect band = cold
}
