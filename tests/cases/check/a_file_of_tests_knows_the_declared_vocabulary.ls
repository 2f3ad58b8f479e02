field employees: number
event visit(url: text)
event buy(url: number)
when employees > 5 add 5
when event visit where url = "x" add 1
---
test "t" {
  given employees = 60, title = "x"
  given event visit(url = "/x", page = 2) today
  given event vist today
  expect score = 5 and any event in (visit, buy) where url = "x"
}
