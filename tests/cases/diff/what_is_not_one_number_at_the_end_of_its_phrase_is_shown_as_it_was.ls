score fit {
  when visits >= 5 add 10
  when visits >= 50 add 10
  when employees > 5 and visits > 7 add 3
  when country = "FR" add 4
}
score engagement {
  when any event visit add 8
}
score = 0.6 * fit + 0.4 * engagement
---
score fit {
  when visits > 5 add 15
  when visits >= 60 add 15
  when employees > 6 and visits > 8 add 3
  when country = "BE" add 4
}
score engagement {
  when any event visit add 8
}
score = 0.5 * fit + 0.5 * engagement
