field industry: one of "Industry", "Services"
field title: text
field created: date
field n: number
field ok: boolean
field tags: list of text
event visit(url: text, kind: one of "A", "B")
when event visit add 1
when n > 1 and ok and title = "x" and created > 2020-01-01 and industry = "services" and tags contains "a" add 1
test "all of them" {
  as of 2026-03-31
  given industry = "SERVICES", title = "  DRH ", created = 2020-02-29, n = -2.5, ok = true, tags = "a", "b"
  given 3 events visit(url = "/x", kind = "b") 1 month ago
  given event visit on 2026-01-01
  expect score = 3
}
test "no day" {
  given event visit today
  expect score = 1
}
