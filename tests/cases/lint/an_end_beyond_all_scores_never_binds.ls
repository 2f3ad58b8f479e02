score fit min 0 max 100 {
  when title contains word "DRH" add 40
  when employees >= 30 add 30
}
score engagement min 0 {
  when event call add 5 at most 2 times
  when event bounce add -5 at most 2 times
}
score max 80
