model "Pardot prospects by profile"
timezone "America/New_York"

field created: date
field employees: number
field grade: text
field industry: text
field state: text
field do_not_email: boolean

exclude when do_not_email because "opted out of e-mail"

# These prospects were imported and never did anything, so all there is to go by is the profile.
by industry {
  "Computer Software", "Internet", "Information Technology and Services"  add 40
    because "buys software first"
  "Marketing and Advertising"                                             add 25
  "Telecommunications"                                                    add 15
}
by employees {
  < 50       add 10
  50 to 150  add 30 because "big enough to pay, small enough to decide"
  > 150      add 20
}
when state in ("New York", "Massachusetts", "Connecticut", "Pennsylvania", "New Jersey")
  add 10 because "a day trip from the office"
by grade {
  "A+", "A", "A-", "B+", "B", "B-"  add 20 because "Pardot thinks so too"
  "F"                               add -20
}
when months since created >= 24 add -10 because "an old import"

good >= 60
fair >= 40
poor otherwise

test "a software company of 126 in Pennsylvania" {
  given industry = "computer software", employees = 126, state = "Pennsylvania", grade = "D"
  expect score = 80
  expect band = good
}

test "nothing known" {
  expect score = 0
  expect band = poor
}

test "an old import of the best grade" {
  as of 2021-07-12
  given created = 2019-07-11, employees = 166, grade = "B"
  expect score = 30
}

test "no e-mail, no lead" {
  given industry = "Internet", do_not_email = true
  expect excluded
}

test "an agency of the best size, which Pardot gives an F" {
  given industry = "Marketing and Advertising", employees = 50, grade = "F"
  expect score = 35
}

test "a small carrier" {
  given industry = "Telecommunications", employees = 49
  expect score = 25
}

test "an agency of 150 next door" {
  given industry = "Marketing and Advertising", employees = 150, state = "New York", grade = "C"
  expect score = 65
  expect band = good
}

test "between good and poor" {
  given industry = "Telecommunications", employees = 104, grade = "D+"
  expect score = 45
  expect band = fair
}
