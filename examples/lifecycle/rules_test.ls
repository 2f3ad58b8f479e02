test "without an e-mail address a visitor is anonymous, whatever they read" {
  given 4 events visit_page(url = "/pricing") 2 days ago
  expect behaviour = 5
  expect lifecycle = anonymous_visitor
}

test "an e-mail address for a guide makes a known visitor" {
  given email = "lena@gmail.com"
  given event download_guide 10 days ago
  expect score = 10
  expect lifecycle = known_visitor
}

test "answering our questions is being qualified" {
  given email = "o.said@tracto.fr", title = "Chef de projet", employees = 15
  given event download_guide 20 days ago
  given event answer_question 12 days ago
  expect fit = 20
  expect lifecycle = in_qualification
}

test "profile and behaviour together qualify a lead" {
  given email = "e.roth@kessel.de", title = "CTO", employees = 300
  given event attend_webinar 10 days ago
  given event download_guide 9 days ago
  given event visit_page(url = "/pricing") 9 days ago
  expect fit.band = A
  expect behaviour.band = engaged
  expect lifecycle = qualified_lead
}

test "a demo and the right profile make a lead ready for sales" {
  given email = "p.marin@ateliers-marin.fr", title = "Directeur technique", employees = 60
  given event request_demo 4 days ago
  expect score = 140
  expect lifecycle = ready_for_sales
}

test "five months later that demo no longer counts for much" {
  as of 2026-11-01
  given email = "n.berg@fjord.no", title = "CTO", employees = 40
  given event download_guide on 2026-05-10
  given event request_demo on 2026-05-12
  # 50 × 0.9 × 0.9 × 0.9 × 0.9 × 0.9
  expect behaviour = 29.5245
  expect lifecycle = known_visitor
}

test "a demo for a student is not for sales" {
  given email = "sam@gmail.com"
  given event request_demo today
  expect fit.band = C
  expect lifecycle = known_visitor
}

test "a large company without a technical title can still be qualified" {
  given email = "m.costa@granfer.pt", title = "Achats", employees = 200
  given 3 events download_guide 10 days ago
  expect fit = 60
  expect fit.band = B
  expect lifecycle = qualified_lead
}

test "giants buy through tenders" {
  given email = "j.doe@megacorp.com", employees = 40000
  expect fit = 30
}
