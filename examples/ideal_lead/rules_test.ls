# Interesting and interested.

test "all six criteria and real interest: hot" {
  given title = "Marketing Director", business = "B2B", industry = "software"
  given employees = 120, seniority = 8, interests = "content", "CRM"
  given 3 events download_whitepaper 9 days ago
  given event attend_webinar 5 days ago
  given event visit_page(url = "/pricing") 2 days ago
  expect fit = 100
  expect engagement = 55
  expect priority = hot
}

test "the ideal lead who begins to be interested is warm" {
  given title = "Marketing Director", business = "B2B", industry = "industry"
  given employees = 80, seniority = 7, interests = "marketing automation"
  given 2 events attend_webinar 6 days ago
  expect engagement.band = medium
  expect priority = warm
}

test "the ideal lead who is not interested yet is nurtured" {
  given title = "Marketing Director", business = "B2B", industry = "B2B services"
  given employees = 50, seniority = 5, interests = "content"
  given event download_whitepaper 3 days ago
  expect fit.band = A
  expect priority = nurture
}

test "what we don't know is not yet ideal" {
  given title = "Marketing Manager", business = "B2B", industry = "software"
  expect fit = 65
  expect fit.band = B
  expect priority = nurture
}

test "the merely curious are set aside" {
  given title = "Teacher", business = "B2C", interests = "content"
  given 4 events download_whitepaper 3 days ago
  given event visit_page(url = "/pricing") 2 days ago
  expect engagement = 50
  expect priority = aside
}

test "the intern who downloaded every white paper is set aside" {
  given title = "Marketing Intern", business = "B2B", industry = "software"
  given employees = 120, seniority = 0, interests = "content"
  given 12 events download_whitepaper 3 days ago
  expect engagement.band = high
  expect fit.band = C
  expect priority = aside
}

test "a competitor is excluded" {
  given title = "Marketing Director", email = "a.long@MailRocket.com"
  expect excluded
}

# Five of six are not ideal, however interested.

test "all but marketing" {
  given title = "Sales Director", business = "B2B", industry = "software"
  given employees = 120, seniority = 8, interests = "content"
  given 5 events download_whitepaper 9 days ago
  expect fit = 60
  expect priority = aside
}

test "all but selling to companies" {
  given title = "Marketing Director", business = "B2C", industry = "software"
  given employees = 120, seniority = 8, interests = "content"
  given 5 events download_whitepaper 9 days ago
  expect fit = 90
  expect priority = warm
}

test "all but our industry" {
  given title = "Marketing Director", business = "B2B", industry = "retail"
  given employees = 120, seniority = 8, interests = "content"
  given 5 events download_whitepaper 9 days ago
  expect fit = 85
  expect priority = warm
}

test "all but one of fifty employees" {
  given title = "Marketing Director", business = "B2B", industry = "software"
  given employees = 49, seniority = 8, interests = "content"
  given 5 events download_whitepaper 9 days ago
  expect fit = 85
  expect priority = warm
}

test "all but one of five years" {
  given title = "Marketing Manager", business = "B2B", industry = "industry"
  given employees = 300, seniority = 4, interests = "marketing automation"
  given 5 events download_whitepaper 9 days ago
  expect fit = 90
  expect priority = warm
}

test "all but the interest in what we sell" {
  given title = "Marketing Director", business = "B2B", industry = "software"
  given employees = 120, seniority = 8, interests = "CRM"
  given 5 events download_whitepaper 9 days ago
  expect fit = 90
  expect priority = warm
}

# Who leads marketing?

test "telemarketing is not marketing" {
  given title = "Telemarketing Director"
  expect fit = 0
}

test "an assistant of managers manages nothing" {
  given title = "Assistant to the Marketing Managers"
  expect fit = 0
}

# What counts as interest, and for how long?

test "five white papers count" {
  given 6 events download_whitepaper 3 days ago
  expect engagement = 50
  expect engagement.band = high
}

test "two webinars count" {
  given 3 events attend_webinar 3 days ago
  expect engagement = 30
}

test "prices are looked at once a day" {
  given 2 events visit_page(url = "/en/pricing") 3 days ago
  expect engagement = 10
  expect engagement.band = low
}

test "three days of it count" {
  given event visit_page(url = "/pricing") 3 days ago
  given event visit_page(url = "/pricing") 4 days ago
  given event visit_page(url = "/pricing") 5 days ago
  given event visit_page(url = "/pricing") 6 days ago
  expect engagement = 30
}

test "other pages don't count" {
  given event visit_page(url = "/blog") 3 days ago
  expect engagement = 0
}

test "two white papers are a medium interest" {
  given 2 events download_whitepaper 3 days ago
  expect engagement = 20
  expect engagement.band = medium
}

test "interest is forgotten: 10 points for each month of silence" {
  as of 2026-11-01
  given title = "Marketing Director", business = "B2B", industry = "software"
  given employees = 90, seniority = 12, interests = "content"
  given 4 events download_whitepaper on 2026-06-20
  given event attend_webinar on 2026-06-20
  # 55, less 4 × 10
  expect engagement = 15
  expect priority = nurture
}
