by employees {
  1 to 10     add 5
  11 to 1000  add 10
}
by revenue {
  < 30         add 1
  > 30         add 2
}
by seniority {
  <= 5  add 1
  <= 9  add 2
  > 9   add 3
}
by children {
  1  add 1
  3  add 2
}
