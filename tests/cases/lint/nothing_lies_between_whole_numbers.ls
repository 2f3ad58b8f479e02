by days since created {
  0 to 9    add 10
  10 to 20  add 5
  22 to 30  add 1
}
by count(event visit) {
  1       add 1
  2 to 3  add 2
  > 3     add 3
}
by sum(price of event visit) {
  1 to 9    add 1
  10 to 20  add 2
}
