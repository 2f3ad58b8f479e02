score fit {
  when size > 5 add 10
  A >= 10
}
classify stage {
  ready when fit.band = A
}
score = 1
---
score fit {
  when size > 5 add 10
  A >= 11
}
classify stage {
  ready when fit.band = A
}
score = 1
