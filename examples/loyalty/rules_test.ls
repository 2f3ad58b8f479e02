test "the profile stays between 0 and 100" {
  given industry = "laboratory", employees = 120, title = "Directrice des achats", country = "FR"
  # 50 + 50 + 20
  expect profile = 100
}

test "a foreign country and a wrong industry take points, down to 0" {
  given industry = "food", employees = 5, country = "IT"
  # -20 + 10 - 30
  expect profile = 0
}

test "an unknown country is not a foreign one" {
  given industry = "laboratory"
  expect profile = 50
}

test "three of ten e-mails opened are an open rate of 30%" {
  given 10 events send_email 3 months ago
  given 3 events open_email 3 months ago
  expect maturity = 10
}

test "nobody who got no e-mail has an open rate" {
  given 4 events open_email 3 months ago
  expect maturity = 0
}

test "what is done to a contact is not an action" {
  given 40 events send_email 1 month ago
  expect maturity = 0
}

test "five actions are worth 10, ten 20, twenty 30" {
  given 5 events call_support 1 month ago
  expect maturity = 10
}

test "each product page is worth a point, thirty at most" {
  given 34 events visit_page(url = "/produits/microscopes") 2 months ago
  # 30 visits, and 30 for the number of actions
  expect maturity = 60
  expect maturity.band = A
  expect colour = green
}

test "only the product pages count" {
  given 4 events visit_page(url = "/contact") 2 months ago
  expect maturity = 0
  expect maturity.band = D
  expect colour = red
}

test "last year's big order makes nobody platinum" {
  as of 2026-11-01
  given event order(amount = 60000) on 2025-10-15
  given event order(amount = 12500) on 2026-03-02
  expect value = gold
}

test "who never ordered has a quality, not a value" {
  given industry = "hospital", employees = 200, title = "Directeur"
  expect value is unknown
  expect quality = excellent
}

test "a small school" {
  given industry = "school", employees = 12
  expect profile = 40
}

test "orange is the middle: half of the e-mails opened, ten actions" {
  given 10 events send_email 2 months ago
  given 5 events open_email 2 months ago
  given 5 events visit_page(url = "/produits/gants") 1 month ago
  # 5 product pages, 20 for the open rate, 20 for ten actions
  expect maturity = 45
  expect maturity.band = B
  expect colour = orange
}

test "a quarter of the e-mails opened is less" {
  given 8 events send_email 2 months ago
  given 2 events open_email 2 months ago
  given 10 events visit_page(url = "/produits/gants") 1 month ago
  expect maturity = 40
  expect maturity.band = B
}

test "C begins at 20" {
  given 10 events visit_page(url = "/contact") 1 month ago
  expect maturity = 20
  expect maturity.band = C
}

test "value follows what was ordered within a year" {
  given 2 events order(amount = 25000) 1 month ago
  expect value = platinum
}

test "silver from 2 000" {
  given event order(amount = 2000) 1 month ago
  expect value = silver
}

test "bronze below" {
  given event order(amount = 1999.99) 1 month ago
  expect value = bronze
}
