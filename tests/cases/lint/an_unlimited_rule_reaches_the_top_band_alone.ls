score engagement max 80 {
  when event download_whitepaper add 10
  when event open_email add 1 at most 20 times
  engaged >= 60
}
score fit max 40 {
  when event demo add 30
}
score intent {
  when event visit_page add 5
  when event call add 5 every time
  when event unsubscribe add -5
}
score = 0.5 * engagement + 0.5 * fit + intent
hot >= 50
warm >= 20
