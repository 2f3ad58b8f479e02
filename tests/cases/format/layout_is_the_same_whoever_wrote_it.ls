

   # at the top


model    "InvestiLead"   # the model
when event visit_page   where url contains "/tarifs"
   within 30 days
   add 5 at most 4 times   once per day because "looks at prices"
when # why
  a and # because
  b add +1_000


# two lines
# of comment
score   fit   max 100 { # header

  # inside
  when `title` contains "x" add - 20 at most 1 times


  when `Lead Source` = "a\u{41}\"" add 007.50 # trailing
  # last
}
by employees { # rows

  <30 add -10
  30 to 500 add 30 because "our market"   # why

  # otherwise
  "été" , "b" add 2

  otherwise add 5
}
classify lifecycle {
  customer when a
  `test` when b and c
  anonymous otherwise
}
when at least 1 event and exactly 2 event open_email add 10
# the end
