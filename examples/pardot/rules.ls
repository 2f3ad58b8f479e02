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

# A state and a grade make no prospect.
promise band = poor when industry is unknown and employees is unknown
