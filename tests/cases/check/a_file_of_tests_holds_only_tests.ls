let big = employees > 50
list names = "a", "b"
when big add 5
A >= 5
---
when title = "x" add 5
list more = "c"
test "names that no rule uses are added" {
  given employees = 60, title = "x", tags = "a", "b"
  given event visit(url = "/x") today
  expect band = A and big and title in names and tags contains "a"
}
test "mistakes are found" {
  given employees = "many", unknown = 3
  given event visit(url = 3) today
  expect band = B and unknown = "x"
}
