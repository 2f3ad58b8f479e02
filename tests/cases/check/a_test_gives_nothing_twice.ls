when x = 1 add 1
test "t" {
  as of 2026-01-01
  as of 2026-02-01
  given x = 1
  given y = 2, x = 3
  given event visit(url = "a", url = "b") today
  expect score = 1
}
