score fit max 100 {
  when employees > 10 add 60
  when revenue > 1 add 60
}
score engagement {
  when event visit add 5 at most 50 times
}
score potential = fit / 3
score min 0 max 200 = 0.6 * fit + 0.4 * engagement - potential
