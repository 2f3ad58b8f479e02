exclude when x
when excluded add 1
promise not excluded
when event visit where excluded add 1
test "t" {
  expect excluded
}
