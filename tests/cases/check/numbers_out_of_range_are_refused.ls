when at least 0 of (a, b) add 1
when at most 3 of (a, b) add 1
when exactly 2 of (a, b) add 1
when at least 0 events x add 1
when event x add 5 fading 0% per month
when event x add 5 fading 101% per month
when event x add 5 fading 0 per month
decay 0 per month
test "t" {
  given 0 events x today
  given 10_001 events x today
  expect score = 0
}
