# Whom do sales call?

test "André has done each thing once: not yet" {
  as of 2026-11-01
  given age = 50, children = 0
  given event download_whitepaper on 2026-10-06
  given event open_newsletter on 2026-10-14
  given event use_tax_simulator on 2026-10-23
  expect score = 30
  expect band = nurture
  expect project = retirement
}

test "at 50, and not before, sales take over" {
  given 3 events download_whitepaper 5 days ago
  given event open_newsletter 5 days ago
  given event use_tax_simulator 5 days ago
  expect score = 50
  expect band = sales
}

test "reading the newsletter is not enough, however often" {
  given 3 events open_newsletter 1 day ago
  given 3 events open_newsletter 8 days ago
  given 3 events open_newsletter 15 days ago
  given 3 events open_newsletter 22 days ago
  given 3 events open_newsletter 29 days ago
  expect score = 20
  expect band = nurture
}

test "twice in a week is once" {
  given 2 events open_newsletter 1 day ago
  expect score = 5
}

test "whoever reads three white papers has read enough" {
  given 4 events download_whitepaper 5 days ago
  expect score = 30
}

test "the simulator counts twice" {
  given 3 events use_tax_simulator 5 days ago
  expect score = 30
}

# What do they talk about?

test "the age and the children say what to talk about" {
  given age = 38, children = 2
  expect project = family
}

test "one child is a family" {
  given age = 38, children = 1
  expect project = family
}

test "also later in life" {
  given age = 60, children = 1
  expect project = family
}

test "without children, from 45, it is the retirement" {
  given age = 45, children = 0
  expect project = retirement
}

test "and below 45 a first purchase" {
  given age = 44, children = 0
  expect project = first_purchase
}

test "from 45 it depends on children of whom we may not know" {
  given age = 45
  expect project is unknown
}
