field title: text
field n: number
field ok: boolean
field day: date
field tags: list of text
event visit(url: text)
by n {
  "1"       add 1
  1, "many" add 1
  "a" to 5  add 1
}
by title {
  5         add 1
  < 5       add 1
  "a" to "b" add 1
}
by ok {
  "yes"     add 1
  1 to 2    add 1
}
by tags {
  1         add 1
  "a"       add 1
}
test "t" {
  given n = "5", ok = "non", day = "2026-01-01", title = 5, tags = 1
  given event visit(url = 5) today
  expect title = "x"
}
test "several" {
  given title = "a", "b"
  expect n = 1
}
