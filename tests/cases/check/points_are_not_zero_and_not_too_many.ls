when a add 0
when b add 1_000_001
when c add -1_000_001
when event d add 0 once
by e {
  1 add 0
  2 add 2_000_000
}
when f add -1_000_000
