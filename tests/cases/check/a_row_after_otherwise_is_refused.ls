by n {
  1          add 1
  otherwise  add 2
  unknown    add 3
  2          add 4
}
classify stage {
  a  otherwise
  b  when x
  c  otherwise
}
