score fit {
  when title contains "a" add 10
}
score engagement {
  when event visit add 5
}
classify size {
  small when employees < 50
  large otherwise
}
classify region {
  home when country = "FR"
  away otherwise
}
hot >= 10
---
classify region {
  home when country = "FR"
  away otherwise
}
score engagement {
  when event visit add 5
}
score fit {
  when title contains "a" add 10
}
hot >= 10
classify size {
  small when employees < 50
  large otherwise
}
