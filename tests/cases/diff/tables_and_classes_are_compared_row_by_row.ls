by employees {
  < 30       add -10
  30 to 500  add 30 because "our market"
  otherwise  add 5
}
by industry {
  "a"        add 5
  unknown    add 1
  otherwise  add 2
}
by country {
  "FR"  add 3
}
hot >= 20
classify stage {
  ready      when band = hot
  known      when email is known
  anonymous  otherwise
}
---
by employees {
  < 30       add -10
  30 to 500  add 40 because "the market"
  > 1000     add 0
  otherwise  add 5
}
by industry {
  unknown    add 1
  "a"        add 5
  otherwise  add 2
}
by city {
  "Paris"  add 3
}
hot >= 20
classify stage {
  customer   when orders > 0
  ready      when band = hot
  known      when email is known or phone is known
}
