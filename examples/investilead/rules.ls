model "InvestiLead"
timezone "Europe/Paris"

field age: number
field children: number

event download_whitepaper
event open_newsletter
event use_tax_simulator

# What they do. Opening the newsletter twice in a week is one sign of interest, not two.
when event download_whitepaper
  add 10 at most 3 times because "gave an e-mail address for a white paper"
when event open_newsletter add 5 once per week at most 4 times because "reads us"
when event use_tax_simulator add 15 at most 2 times because "works out what they would save"

sales >= 50
nurture otherwise

# Who they are: no points, but another conversation.
classify project {
  retirement      when age >= 45 and children = 0
  family          when children >= 1
  first_purchase  when age < 45
}

on enter sales notify sales within 2 days do "call about the simulation"

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

test "the age and the children say what to talk about" {
  given age = 38, children = 2
  expect project = family
}

test "and without children, below 45, it is a first purchase" {
  given age = 29, children = 0
  expect project = first_purchase
}
