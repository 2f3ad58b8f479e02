# Whoever has `k1` to `k9` breaks it.
field a1: text
field a2: text
field a3: text
field a4: text
field a5: text
field a6: text
field a7: text
field a8: text
field a9: text

score f1 {
  when a1 is unknown or a1 != "k1" add 1
  when a1 = "k1" add 2
}
score f2 {
  when a2 is unknown or a2 != "k2" add 1
}
score f3 {
  when a3 is unknown or a3 != "k3" add 1
}
score f4 {
  when a4 is unknown or a4 != "k4" add 1
}
score f5 {
  when a5 is unknown or a5 != "k5" add 1
}
score f6 {
  when a6 is unknown or a6 != "k6" add 1
}
score f7 {
  when a7 is unknown or a7 != "k7" add 1
}
score f8 {
  when a8 is unknown or a8 != "k8" add 1
}
score f9 {
  when a9 is unknown or a9 != "k9" add 1
}

promise f1 = 1 or f2 = 1 or f3 = 1 or f4 = 1 or f5 = 1 or f6 = 1 or f7 = 1 or f8 = 1 or f9 = 1 or f1 < 2
