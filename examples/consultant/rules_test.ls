test "exactly 125 is not above 125" {
  given 5 events open_email 30 days ago
  given 2 events click_email today
  given event visit_page(url = "/tarifs") 1 day ago
  given event visit_page(url = "/") 2 days ago
  given event visit_page(url = "/") 3 days ago
  given event visit_page(url = "/") 4 days ago
  given event visit_page(url = "/") 5 days ago
  given event fill_form(fields = "name", "phone") 6 days ago
  given event fill_form(fields = "name", "project") 7 days ago
  expect score = 125
  expect next_step = write
}

test "and half a point more is" {
  given 5 events open_email 30 days ago
  given 2 events click_email today
  # 5 × (1 − 81 / 90)
  given event click_email 81 days ago
  given event visit_page(url = "/tarifs") 1 day ago
  given event visit_page(url = "/") 2 days ago
  given event visit_page(url = "/") 3 days ago
  given event visit_page(url = "/") 4 days ago
  given event visit_page(url = "/") 5 days ago
  given event fill_form(fields = "name", "phone") 6 days ago
  given event fill_form(fields = "name", "project") 7 days ago
  expect score = 125.5
  expect next_step = phone
}

test "a day of browsing is one visit" {
  given 20 events visit_page(url = "/blog") today
  expect score = 12
}

test "the kind of field filled in counts once, however many forms" {
  given 3 events fill_form(fields = "name", "budget") today
  # 60 + 15 + 10
  expect score = 85
}

test "unsubscribing costs 50" {
  given event fill_form(fields = "name") 20 days ago
  given event unsubscribe today
  expect score = -30
}

test "old pages and old clicks are forgotten" {
  given 4 events visit_page(url = "/blog") 4 months ago
  given 4 events click_email 90 days ago
  expect score = 0
}
