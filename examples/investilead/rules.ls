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

# Readers of the newsletter are left in peace.
promise band != sales when no event in (download_whitepaper, use_tax_simulator)

on enter sales notify sales within 2 days do "call about the simulation"
