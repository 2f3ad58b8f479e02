# Pages.

test "a day of browsing is one visit" {
  given 20 events visit_page(url = "/blog") today
  # 2, and 10 for coming lately
  expect score = 12
  expect next_step = wait
}

test "a page is worth something for 90 days" {
  given event visit_page(url = "/blog") 89 days ago
  given event visit_page(url = "/blog") 90 days ago
  expect score = 2
}

test "ten days of browsing are enough" {
  given event visit_page(url = "/blog") 20 days ago
  given event visit_page(url = "/blog") 21 days ago
  given event visit_page(url = "/blog") 22 days ago
  given event visit_page(url = "/blog") 23 days ago
  given event visit_page(url = "/blog") 24 days ago
  given event visit_page(url = "/blog") 25 days ago
  given event visit_page(url = "/blog") 26 days ago
  given event visit_page(url = "/blog") 27 days ago
  given event visit_page(url = "/blog") 28 days ago
  given event visit_page(url = "/blog") 29 days ago
  given event visit_page(url = "/blog") 30 days ago
  expect score = 20
}

test "the prices count wherever they stand in the address" {
  given event visit_page(url = "/fr/tarifs") 20 days ago
  expect score = 12
}

# Forms.

test "the fourth form is worth nothing, and three are enough for a letter" {
  given 4 events fill_form(fields = "name") 20 days ago
  expect score = 60
  expect next_step = write
}

test "one point less is not" {
  given 2 events fill_form(fields = "name") 20 days ago
  given 9 events open_email 20 days ago
  given event visit_page(url = "/") 20 days ago
  given event visit_page(url = "/") 21 days ago
  given event visit_page(url = "/") 22 days ago
  given event visit_page(url = "/") 23 days ago
  given event visit_page(url = "/") 24 days ago
  expect score = 59
  expect next_step = wait
}

test "who leaves a telephone number wants to be called" {
  given event fill_form(fields = "name", "phone") 20 days ago
  expect score = 45
}

test "a project is a good sign" {
  given event fill_form(fields = "name", "project") 20 days ago
  expect score = 35
}

test "a budget too" {
  given event fill_form(fields = "name", "budget") 20 days ago
  expect score = 35
}

test "each kind of field counts once, however many forms" {
  given 3 events fill_form(fields = "name", "budget") today
  # 60 for the forms, 15 for the budget, 10 for coming lately
  expect score = 85
}

# E-mails.

test "of the e-mails opened, ten count" {
  given 11 events open_email 20 days ago
  expect score = 10
}

test "of the clicks, five count" {
  given 6 events click_email today
  # 25, and 10 for coming lately
  expect score = 35
}

test "an old click is worth less than a fresh one" {
  given event click_email 45 days ago
  expect score = 2.5
}

test "and after 90 days nothing" {
  given 4 events click_email 90 days ago
  expect score = 0
}

test "unsubscribing costs 50" {
  given event fill_form(fields = "name") 20 days ago
  given event unsubscribe today
  expect score = -30
}

# Recency.

test "lately is within the last 14 days" {
  given event visit_page(url = "/blog") 13 days ago
  expect score = 12
}

test "14 days ago is not lately" {
  given event visit_page(url = "/blog") 14 days ago
  expect score = 2
}

test "a click is coming, too" {
  given event click_email 9 days ago
  # 5 × (1 − 9 / 90), and 10 for coming lately
  expect score = 14.5
}

test "so is a form" {
  given event fill_form(fields = "name") 9 days ago
  expect score = 30
}

# Whom do I phone?

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
