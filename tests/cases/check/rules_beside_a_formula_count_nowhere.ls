score fit {
  when x add 1
}
score = 2 * fit
when y add 1
by z {
  1 add 1
}
