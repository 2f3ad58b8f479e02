when industry = "construction" add 30
when industry = "Construction" add 10
when event demo add 5 once
when event demo add 5 once
when event demo add 1 at most 3 times     # another limit is another rule
score fit {
  when industry = "construction" add 5    # another score judges in its own way
}
