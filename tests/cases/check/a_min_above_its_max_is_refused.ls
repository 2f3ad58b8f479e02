score fit min 10 max 5 {
  when x add 1
}
score twice min 2 max 1 = 2 * fit
score min 1 max 0
