when n between 1,5 and 2,75 add 1
when n between 2 add 1
when a.b = 3 add 1
when event a add 3 fading over 90 days every time
when event a add 3 fading over 90 days because "x" once
test "t" {
  given 4 events a today, n = 5
  given n = "x", 4 events a today
  expect score = 3
}
