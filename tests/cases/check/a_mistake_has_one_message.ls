let wrong = nothing_known > 5
field title: text
let next = wrong and title = "x"
when wrong or next add 1
when not wrong add 2
classify stage {
  a when wrong
}
promise stage = a
decay 5 per month
