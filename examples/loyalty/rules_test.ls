# Who they are.

test "the profile stays below 100" {
  given industry = "laboratory", employees = 120, title = "Directrice des achats", country = "FR"
  # 50 + 50 + 20
  expect profile = 100
}

test "and above 0" {
  given industry = "food", employees = 5, country = "IT"
  # -20 + 10 - 30
  expect profile = 0
}

test "a hospital of 50 people" {
  given industry = "hospital", employees = 50
  expect profile = 90
}

test "one of 49" {
  given industry = "hospital", employees = 49
  expect profile = 70
}

test "a small school" {
  given industry = "school", employees = 10
  expect profile = 40
}

test "a smaller one" {
  given industry = "school", employees = 9
  expect profile = 20
}

test "food is the wrong industry, however large the company" {
  given industry = "food", employees = 500
  expect profile = 30
}

test "whoever decides on purchases is worth 20" {
  given title = "Responsable des achats"
  expect profile = 20
}

test "whoever works for directors decides on nothing" {
  given title = "Assistante des directeurs"
  expect profile = 0
}

test "a foreign country takes 30" {
  given industry = "hospital", country = "IT"
  expect profile = 10
}

test "an unknown country is not a foreign one" {
  given industry = "hospital"
  expect profile = 40
}

# What they do.

test "each product page is worth a point, thirty at most" {
  given 34 events visit_page(url = "/produits/microscopes") 2 months ago
  # 30 visits, and 30 for the number of actions
  expect maturity = 60
  expect maturity.band = A
  expect colour = green
}

test "a point less is not A" {
  given 29 events visit_page(url = "/produits/microscopes") 2 months ago
  expect maturity = 59
  expect maturity.band = B
}

test "only the product pages count" {
  given 2 events visit_page(url = "/contact") 2 months ago
  given 2 events visit_page(url = "/blog/produits/") 2 months ago
  expect maturity = 0
  expect maturity.band = D
  expect colour = red
}

test "half of the e-mails opened" {
  given 8 events send_email 2 months ago
  given 4 events open_email 2 months ago
  expect maturity = 20
}

test "four of ten are less" {
  given 10 events send_email 3 months ago
  given 4 events open_email 3 months ago
  expect maturity = 10
}

test "two of ten as well" {
  given 10 events send_email 3 months ago
  given 2 events open_email 3 months ago
  expect maturity = 10
}

test "one of ten is nothing" {
  given 10 events send_email 3 months ago
  given event open_email 3 months ago
  expect maturity = 0
}

test "nobody who got no e-mail has an open rate" {
  given 4 events open_email 3 months ago
  expect maturity = 0
}

test "what is done to a contact is not an action" {
  given 40 events send_email 1 month ago
  expect maturity = 0
}

test "five actions are worth 10" {
  given 5 events call_support 1 month ago
  expect maturity = 10
}

test "so are nine" {
  given 9 events call_support 1 month ago
  expect maturity = 10
}

test "ten are worth 20, and C begins there" {
  given 10 events call_support 1 month ago
  expect maturity = 20
  expect maturity.band = C
  expect colour = orange
}

test "nineteen, too" {
  given 19 events call_support 1 month ago
  expect maturity = 20
}

test "twenty are worth 30" {
  given 20 events call_support 1 month ago
  expect maturity = 30
}

test "what happened within a year counts" {
  as of 2026-01-01
  given 10 events send_email on 2025-01-02
  given 5 events open_email on 2025-01-02
  # 20 for half of the e-mails, 10 for five actions
  expect maturity = 30
}

test "and nothing older" {
  as of 2026-01-01
  given 30 events send_email on 2025-01-01
  given 6 events open_email on 2025-01-01
  given 10 events send_email on 2025-01-02
  given 4 events open_email on 2025-01-02
  # four of ten e-mails; four actions
  expect maturity = 10
}

test "19 pages are not B" {
  given 19 events visit_page(url = "/produits/gants") 1 month ago
  # 19, and 20 for the number of actions
  expect maturity = 39
  expect maturity.band = C
}

test "B begins at 40" {
  given 8 events send_email 2 months ago
  given 2 events open_email 2 months ago
  given 10 events visit_page(url = "/produits/gants") 1 month ago
  # 10 pages, 10 for a quarter of the e-mails, 20 for twelve actions
  expect maturity = 40
  expect maturity.band = B
  expect colour = orange
}

test "nine pages are not C" {
  given 9 events visit_page(url = "/produits/gants") 1 month ago
  expect maturity = 19
  expect maturity.band = D
}

test "the profile weighs more than what they do" {
  given industry = "hospital"
  given 10 events visit_page(url = "/produits/gants") 1 month ago
  # 0.7 × 40 + 0.3 × 30
  expect score = 37
}

# A customer has a value.

test "value follows what was ordered within a year" {
  given 2 events order(amount = 25000) 1 month ago
  expect value = platinum
}

test "last year's big order makes nobody platinum" {
  as of 2026-11-01
  given event order(amount = 60000) on 2025-11-01
  given event order(amount = 12500) on 2026-03-02
  expect value = gold
}

test "that of a day later does" {
  as of 2026-11-01
  given event order(amount = 60000) on 2025-11-02
  expect value = platinum
}

test "gold up to 50 000" {
  given event order(amount = 49999.99) 1 month ago
  expect value = gold
}

test "gold from 10 000" {
  given event order(amount = 10000) 1 month ago
  expect value = gold
}

test "silver below" {
  given event order(amount = 9999.99) 1 month ago
  expect value = silver
}

test "silver from 2 000" {
  given event order(amount = 2000) 1 month ago
  expect value = silver
}

test "bronze below" {
  given event order(amount = 1999.99) 1 month ago
  expect value = bronze
}

test "a single euro makes a customer" {
  given event order(amount = 1) 1 month ago
  expect value = bronze
}

# A prospect has a quality.

test "who never ordered has a quality, not a value" {
  given industry = "laboratory", employees = 30
  expect profile = 80
  expect value is unknown
  expect quality = excellent
}

test "good from 50" {
  given industry = "laboratory"
  expect profile = 50
  expect quality = good
}

test "average below" {
  given industry = "hospital"
  expect quality = average
}

test "who ordered has a value, not a quality" {
  given industry = "laboratory", employees = 30
  given event order(amount = 300) 1 month ago
  expect value = bronze
  expect quality is unknown
}
