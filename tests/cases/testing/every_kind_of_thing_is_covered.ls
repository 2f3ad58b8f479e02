field email: text
field employees: number
event visit_page(url: text)

score fit {
  when at least 2 of (employees > 10, email is known, employees < 1_000) add 20
  by employees {
    < 10 add -5
    otherwise add 5
  }
  A >= 20
  B otherwise
}
when event visit_page where url contains "/tarifs" add 5 at most 2 times
exclude when email = "me@us.com"

warm >= 30
cold otherwise

classify stage {
  ready when band = warm and fit.band = A
  known when email is known
}

test "a quantity tells how many of it hold" {
  given employees = 5
  expect fit = 20
  expect stage = ready or stage = known
  expect fit.band is known and band is known
}

test "the newest two count" {
  given employees = 50, email = "a@b.fr"
  given 3 events visit_page(url = "/tarifs") today
  expect score = 35 and band = warm
  expect stage = ready
}
