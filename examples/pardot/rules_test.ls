# Industry and size.

test "a software company of 126 in Pennsylvania" {
  given industry = "computer software", employees = 126, state = "Pennsylvania", grade = "D"
  expect score = 80
  expect band = good
}

test "an agency of 50 and one of 150 are of the same size" {
  given industry = "Marketing and Advertising", employees = 50
  expect score = 55
}

test "an agency of 150 next door" {
  given industry = "Marketing and Advertising", employees = 150, state = "New York", grade = "C"
  expect score = 65
  expect band = good
}

test "one of 151 is a little too big" {
  given industry = "Marketing and Advertising", employees = 151
  expect score = 45
}

test "a small carrier" {
  given industry = "Telecommunications", employees = 49
  expect score = 25
  expect band = poor
}

test "good begins at 60" {
  given industry = "Internet", employees = 200
  expect score = 60
  expect band = good
}

test "fair begins at 40" {
  given industry = "Internet"
  expect score = 40
  expect band = fair
}

test "nothing known" {
  expect score = 0
  expect band = poor
}

# What Pardot thinks, and since when.

test "a carrier that Pardot gives a B" {
  given industry = "Telecommunications", employees = 104, grade = "B"
  expect score = 65
}

test "an agency of the best size, which Pardot gives an F" {
  given industry = "Marketing and Advertising", employees = 50, grade = "F"
  expect score = 35
}

test "an import is old after 24 months" {
  as of 2021-07-12
  given created = 2019-07-12, industry = "Internet"
  expect score = 30
}

test "and a day before that it is not" {
  as of 2021-07-12
  given created = 2019-07-13, industry = "Internet"
  expect score = 40
}

test "no e-mail, no lead" {
  given industry = "Internet", do_not_email = true
  expect excluded
}
