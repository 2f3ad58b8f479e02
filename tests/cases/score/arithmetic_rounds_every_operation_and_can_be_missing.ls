field a: number
field b: number
score quotient {
  when a / b = 0.3333 add 1
  when a / b is unknown add 2
}
score product {
  when a * b = 3 add 1
  when a * b is unknown add 2
}
score steps {
  when a / b * b = 0.9999 add 1
}
score sum_ {
  when a + b is unknown add 2
  when a - b = -2 add 1
  when -a = -1 add 10
}
---
as of 2026-11-01
{"id": "a third: 1, 1, 1, 11", "a": 1, "b": 3}
{"id": "by zero: quotient 2, sum 10", "a": 1, "b": 0}
{"id": "one missing: 2, 2, 0, 12", "a": 1}
{"id": "out of range: product 2, sum 2", "a": 99999999999999, "b": 99999999999999}
