field industry: one of "industry", "construction", "services"
event visit(kind: one of "a", "b")
let alias = industry
when industry = "servises" add 1
when industry != "cars" add 1
when industry in ("Services", "shops") add 1
when alias = "shops" add 1
when event visit where kind = "c" add 1
when industry contains "con" add 1
by industry {
  "construktion"  add 1
}
test "t" {
  given industry = "shop"
  expect score = 0
}
