test "a white paper is worth 10" {
  as of 2026-11-01
  given title = "Directrice marketing"
  given 3 events download_whitepaper 12 days ago
  expect score = 30
}

test "an intern starts 20 below" {
  as of 2026-11-01
  given title = "Stagiaire RH"
  given event download_whitepaper 4 days ago
  expect score = -10
}

test "contains looks inside words, so whoever looks after the interns loses 20 too" {
  given title = "Responsable des stagiaires"
  expect score = -20
}

test "three full months of silence take 15" {
  as of 2026-11-01
  given 4 events download_whitepaper on 2026-07-15
  expect score = 25
}

test "decay takes what events earned, never more" {
  as of 2026-11-01
  given event download_whitepaper 1 year ago
  expect score = 0
}

test "fifteen white papers make a hot lead" {
  given 15 events download_whitepaper today
  expect score = 150
  expect band = hot
}

test "fourteen do not" {
  given 14 events download_whitepaper today
  expect score = 140
  expect band is unknown
}
