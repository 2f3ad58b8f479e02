test "Martino is hot and called" {
  as of 2026-11-01
  given title = "DRH", industry = "construction", employees = 120
  given foreign_subsidiaries = true, expatriates = true
  given event download_whitepaper on 2026-10-05
  given event visit_page(url = "/tarifs") on 2026-10-12
  given event visit_page(url = "/tarifs/paie") on 2026-10-19
  given event visit_page(url = "/tarifs") on 2026-10-26
  given event request_demo on 2026-10-27
  expect fit = 150
  expect engagement = 65
  expect score = 215
  expect band = hot
}

test "Rajati is warm" {
  as of 2026-11-01
  given title = "Directrice des Ressources Humaines", industry = "services", employees = 80
  given foreign_subsidiaries = false, expatriates = true
  given event download_whitepaper on 2026-10-08
  given event register_webinar on 2026-10-15
  given event visit_page(url = "/tarifs") on 2026-10-16
  expect score = 140
  expect band = warm
}

test "Beltrani is cold: a good company, but she looks for a job" {
  as of 2026-11-01
  given title = "Assistante RH", industry = "industry", employees = 45
  given event download_whitepaper on 2026-10-09
  given event visit_page(url = "/carrieres/offres") on 2026-10-09
  expect fit = 50
  expect engagement = -20
  expect score = 30
  expect band = cold
}

test "Martin was active within the last 10 days and keeps his 250" {
  as of 2026-11-01
  given title = "HR Director", industry = "industry", employees = 300
  given foreign_subsidiaries = true, expatriates = true
  given 3 events download_whitepaper on 2026-07-06
  given event register_webinar on 2026-09-10
  given event request_demo on 2026-09-15
  given event visit_page(url = "/tarifs") on 2026-09-15
  given event visit_page(url = "/tarifs") on 2026-10-25
  expect score = 250
}

test "Nathalie earned 250 too, and three months of silence took 15" {
  as of 2026-11-01
  given title = "DRH", industry = "industry", employees = 300
  given foreign_subsidiaries = true, expatriates = true
  given 3 events download_whitepaper on 2026-06-08
  given event register_webinar on 2026-06-18
  given event request_demo on 2026-07-06
  given event visit_page(url = "/tarifs") on 2026-07-06
  given event visit_page(url = "/tarifs") on 2026-08-01
  expect score = 235
  expect band = hot
}

test "an intern who does everything is not called" {
  as of 2026-11-01
  given title = "Stagiaire auprès de la DRH", industry = "industry", employees = 300
  given foreign_subsidiaries = true, expatriates = true
  given 9 events download_whitepaper 3 days ago
  given 3 events register_webinar 3 days ago
  given event request_demo 2 days ago
  expect fit = -50
  expect score = 100
  expect band = warm
}

test "whoever is on the list is out, however good" {
  given title = "DRH", email = "P.Dubois@batirix.fr", employees = 200
  given event request_demo today
  expect excluded
}

test "three messages without an answer cost 20" {
  given title = "DRH"
  given 3 events receive_message 20 days ago
  expect engagement = -20
}

test "an answer settles it" {
  given title = "DRH"
  given 3 events receive_message 20 days ago
  given event answer_message 10 days ago
  expect engagement = 0
}

test "half a year of silence costs 20 more, unsubscribing 40" {
  as of 2026-11-01
  given title = "DRH"
  given event register_webinar on 2026-03-15
  given event unsubscribe on 2026-04-01
  # 20 − 40 − 20 earns nothing that could decay.
  expect engagement = -40
}

test "nobody looks worse for never having come" {
  given title = "DRH", employees = 10
  expect engagement = 0
  expect fit = 40
}

test "a giant is not our market, but no loss either" {
  given employees = 4000
  expect fit = 5
}
