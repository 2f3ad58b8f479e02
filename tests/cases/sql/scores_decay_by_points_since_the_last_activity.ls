score engagement min 0 max 150 {
  when event download add 10 at most 30 times
  when any event call add 20
  when employees > 10 add 5
  decay 5 per month
}
