field title: text
field tags: list of text
field kind: one of "a", ""
list names = "a", " "
when title = "" add 1
when title in ("a", "") add 1
when title contains "" add 1
when title contains word "\u{301}" add 1
when title starts with "" add 1
when tags contains " " add 1
when title contains " " add 1
by title {
  "" add 1
}
test "t" {
  given title = "", tags = "a", " "
  expect score = 0
}
