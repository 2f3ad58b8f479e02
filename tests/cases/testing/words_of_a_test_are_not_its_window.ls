event visit(url: text, kind: text)

when any event visit where url contains "within" within 30 days add 5
when any event visit where (url contains " where " and kind = "not within") not within 90 days add 2
when any event visit where (not (kind = "within 7 days")) within 7 days add 1

test "a page whose name is a word of rules" {
  given event visit(url = "/within where you are", kind = "not within") today
  expect score = 6
}
