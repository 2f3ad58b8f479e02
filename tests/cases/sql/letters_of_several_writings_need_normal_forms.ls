field title: text
field name: text
field company: text
field kind: one of "가나", "b"
field unread: one of "다라"
event visit(url: text, page: one of "홈", "b")
when title contains "निदेशक" add 1
when title starts with "Tổng giám đốc" add 2
when name = company add 3
when distinct(url of event visit) > 2 add 4
by title {
  "가나"  add 5
  "b"  add 6
}
when kind is known add 7
when event visit where page = "b" add 8
