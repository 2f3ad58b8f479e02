test "all six criteria and real interest: hot" {
  given title = "Marketing Director",
    business = "B2B",
    industry = "software",
    employees = 120,
    seniority = 8
  given interests = "content", "CRM"
  given 3 events download_whitepaper 9 days ago
  given event attend_webinar 5 days ago
  given event visit_page(url = "/pricing") 2 days ago
  expect fit = 100
  expect engagement = 55
  expect priority = hot
}

test "five of six are not ideal, however interested" {
  given title = "Marketing Manager",
    business = "B2B",
    industry = "industry",
    employees = 300,
    seniority = 3
  given interests = "marketing automation"
  given 5 events download_whitepaper 9 days ago
  expect fit = 90
  expect engagement.band = high
  expect priority = warm
}

test "the intern who downloaded every white paper is set aside" {
  given title = "Marketing Intern",
    business = "B2B",
    industry = "software",
    employees = 120,
    seniority = 0
  given interests = "content"
  given 12 events download_whitepaper 3 days ago
  expect engagement.band = high
  expect fit.band = C
  expect priority = aside
}

test "a competitor is excluded" {
  given title = "Marketing Director", email = "a.long@MailRocket.com"
  expect excluded
}

test "the merely curious are set aside" {
  given title = "Teacher", business = "B2C", interests = "content"
  given 4 events download_whitepaper 3 days ago
  given event visit_page(url = "/pricing") 2 days ago
  expect engagement = 50
  expect priority = aside
}

test "the ideal lead who is not interested yet is nurtured" {
  given title = "Marketing Director",
    business = "B2B",
    industry = "B2B services",
    employees = 50,
    seniority = 5
  given interests = "content"
  given event download_whitepaper 3 days ago
  expect fit.band = A
  expect priority = nurture
}

test "interest is forgotten: 10 points for each month of silence" {
  as of 2026-11-01
  given title = "Marketing Director",
    business = "B2B",
    industry = "software",
    employees = 90,
    seniority = 12
  given interests = "content"
  given 4 events download_whitepaper on 2026-06-20
  given event attend_webinar on 2026-06-20
  expect engagement = 15
  expect priority = nurture
}

test "what we don't know is not yet ideal" {
  given title = "Marketing Manager", business = "B2B", industry = "software"
  expect fit = 65
  expect fit.band = B
  expect priority = nurture
}

test "the ideal lead who begins to be interested is warm" {
  given title = "Marketing Director",
    business = "B2B",
    industry = "industry",
    employees = 80,
    seniority = 7
  given interests = "marketing automation"
  given 2 events attend_webinar 6 days ago
  expect engagement.band = medium
  expect priority = warm
}
