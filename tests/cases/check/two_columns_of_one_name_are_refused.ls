score id {
  when x add 1
}
score `score` {
  when x add 1
}
score fit {
  when x add 1
  A >= 1
}
score fit_band = 2 * fit
classify `excluded` {
  a when x
}
