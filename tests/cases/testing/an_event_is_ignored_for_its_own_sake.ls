event visit_page(duration: number)
event order

ignore event visit_page where duration > 10

when event add 5
when event order add 5

test "what rules picked before does not count when events are ignored" {
  given event order on 2025-01-01
  given event visit_page on 2024-03-31
  given event visit_page(duration = 10) on 2025-01-01
  given event visit_page(duration = 11) on 2025-01-01
  expect score = 20
}
