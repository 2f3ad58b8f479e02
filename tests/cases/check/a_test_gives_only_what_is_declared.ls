field title: text
event visit(url: text)
when event visit where url = "x" add 1
test "t" {
  given titel = "x"
  given event vist today
  given event visit(ulr = "x") today
  expect title = "x"
}
