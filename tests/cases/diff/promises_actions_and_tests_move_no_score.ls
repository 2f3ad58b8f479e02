model "One"
when title contains "a" add 10
hot >= 10
promise score between 0 and 10
on enter hot notify sales within 24 hours do "call"
test "a" {
  given title = "a"
  expect band = hot
}
---
model "Two"
when title contains "a" add 10
hot >= 10
promise score between 0 and 20
on enter hot notify sales within 2 days do "call"
on leave hot notify marketing
test "a" {
  given title = "xa"
  expect band = hot
}
test "b" {
  expect score = 0
}
