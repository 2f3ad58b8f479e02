when employees > 50 add 10
when created < signup add 5
when years since created >= 2 add 5
when newsletter add 5
when interests contains "crm" and title contains word "drh" add 5
when country in ("FR", "BE") or city is known add 5
by seats {
  1 to 10    add 5
  otherwise  add 10
}
when event visit_page where (url contains "/tarifs" and title = 3) add 5
when event purchase where amount >= 100 add 5
let big = revenue
when big > 1000000 and spent = big add 20
test "a list is given" {
  given topics = "a", "b", note = "x"
  given event visit_page(seconds = 4) today
  expect topics contains "a"
}
