# The road from visitor to customer.

test "without an e-mail address a visitor is anonymous, whatever they read" {
  given 4 events visit_page(url = "/pricing") 2 days ago
  expect behaviour = 5
  expect lifecycle = anonymous_visitor
}

test "even one who answers our questions" {
  given event answer_question 12 days ago
  expect fit = 0
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

test "an answer stands for 90 days" {
  given email = "o.said@tracto.fr"
  given event answer_question 89 days ago
  expect lifecycle = in_qualification
}

test "and not a day longer" {
  given email = "o.said@tracto.fr"
  given event answer_question 90 days ago
  expect lifecycle = known_visitor
}

test "profile and behaviour together qualify a lead" {
  given email = "e.roth@kessel.de", title = "CTO", employees = 300
  given event attend_webinar 10 days ago
  given event download_guide 9 days ago
  given event visit_page(url = "/pricing") 9 days ago
  expect fit.band = A
  expect behaviour = 30
  expect behaviour.band = engaged
  expect lifecycle = qualified_lead
}

test "who is qualified needs no more questions" {
  given email = "m.costa@granfer.pt", employees = 200
  given 3 events download_guide 10 days ago
  given event answer_question 10 days ago
  expect lifecycle = qualified_lead
}

test "a demo and the right profile make a lead ready for sales" {
  given email = "p.marin@ateliers-marin.fr", title = "Directeur technique", employees = 60
  given event request_demo 4 days ago
  expect score = 140
  expect lifecycle = ready_for_sales
}

test "120 points are enough" {
  given title = "CTO", employees = 60
  given event request_demo 4 days ago
  expect fit = 80
  expect score = 120
  expect lifecycle = ready_for_sales
}

test "a month later a tenth is forgotten, and they are not" {
  as of 2026-11-01
  given title = "CTO", employees = 60
  given event request_demo on 2026-10-01
  expect score = 116
  expect lifecycle = qualified_lead
}

test "a demo stands for 60 days" {
  given email = "p.marin@ateliers-marin.fr", title = "Directrice technique", employees = 60
  given event request_demo 59 days ago
  given event download_guide 3 days ago
  expect score = 150
  expect lifecycle = ready_for_sales
}

test "who asked for it 60 days ago has to ask again" {
  given email = "p.marin@ateliers-marin.fr", title = "Directrice technique", employees = 60
  given event request_demo 60 days ago
  given event download_guide 3 days ago
  expect score = 150
  expect lifecycle = qualified_lead
}

test "no diligence makes up for the profile" {
  given email = "m.costa@granfer.pt", employees = 200
  given 2 events attend_webinar 3 days ago
  given event request_demo 3 days ago
  expect score = 130
  expect fit.band = B
  expect lifecycle = qualified_lead
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

# Profile.

test "who decides on software is interesting" {
  given title = "DSI"
  expect fit = 40
  expect fit.band = B
}

test "a director is no CTO" {
  given title = "Sales Director"
  expect fit = 0
}

test "20 employees are enough" {
  given employees = 20
  expect fit = 40
}

test "19 are not" {
  given employees = 19
  expect fit = 0
}

test "1000 are not too many" {
  given employees = 1000
  expect fit = 40
}

test "giants buy through tenders" {
  given email = "j.doe@megacorp.com", employees = 1001
  expect fit = 30
}

# Behaviour.

test "prices are looked at once a day, in any language" {
  given 2 events visit_page(url = "/fr/pricing") 2 days ago
  expect behaviour = 5
}

test "four days of it count" {
  given event visit_page(url = "/pricing") 2 days ago
  given event visit_page(url = "/pricing") 3 days ago
  given event visit_page(url = "/pricing") 4 days ago
  given event visit_page(url = "/pricing") 5 days ago
  given event visit_page(url = "/pricing") 6 days ago
  expect behaviour = 20
}

test "other pages don't count" {
  given event visit_page(url = "/blog") 2 days ago
  expect behaviour = 0
}

test "three guides count, and two webinars" {
  given 4 events download_guide 2 days ago
  given 3 events attend_webinar 2 days ago
  # 30 + 30
  expect behaviour = 60
}
