score fit max 100 {
  when title contains "a" add 10
  when title contains "b" add 20
  when wants_calls add 5
}
score behaviour {
  when event visit add 5 at most 3 times
  when event order add 30 once
}
score = fit + behaviour
hot >= 50
---
score profile max 100 {
  when title contains "a" add 10
  when title contains "b" add 20
}
score behaviour {
  when event visit add 5 at most 3 times
  when event order add 30 once
  when wants_calls add 6
}
score = 0.5 * profile + behaviour
hot >= 50
