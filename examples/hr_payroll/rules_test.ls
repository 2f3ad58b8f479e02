# The people of the README.

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

# Who they are.

test "the ideal profile is hot before doing anything" {
  given title = "DRH", industry = "construction", employees = 120
  given foreign_subsidiaries = true, expatriates = true
  expect score = 150
  expect band = hot
}

test "an HR director with expatriates to pay is warm" {
  given title = "Directeur des ressources humaines", expatriates = true
  expect score = 75
  expect band = warm
}

test "whoever assists the HR directorate directs nothing" {
  given title = "Assistant, HR Directorate"
  expect fit = 0
}

test "who looks after the interns is none" {
  given title = "Responsable des stagiaires"
  expect fit = 0
}

test "our market begins at 30 employees" {
  given employees = 30
  expect fit = 30
}

test "29 are too few" {
  given employees = 29
  expect fit = -10
}

test "our market ends at 500" {
  given employees = 500
  expect fit = 30
}

test "a larger company is not our market, but no loss either" {
  given employees = 501
  expect fit = 5
}

# What they do.

test "five white papers count, and three webinars" {
  given 6 events download_whitepaper 3 days ago
  given 4 events register_webinar 3 days ago
  # 50 + 60
  expect engagement = 110
}

test "prices are looked at once a day, in any language" {
  given 3 events visit_page(url = "/fr/tarifs") 3 days ago
  expect engagement = 5
}

test "four days of it are enough" {
  given event visit_page(url = "/tarifs") 3 days ago
  given event visit_page(url = "/tarifs") 4 days ago
  given event visit_page(url = "/tarifs") 5 days ago
  given event visit_page(url = "/tarifs") 6 days ago
  given event visit_page(url = "/tarifs") 7 days ago
  expect engagement = 20
}

test "whoever looks for a job loses 30, once" {
  given 2 events visit_page(url = "/fr/carrieres") 3 days ago
  expect engagement = -30
}

test "three messages without an answer cost 20" {
  given 3 events receive_message 20 days ago
  expect engagement = -20
}

test "two do not" {
  given 2 events receive_message 20 days ago
  expect engagement = 0
}

test "an answer settles it" {
  given 3 events receive_message 20 days ago
  given event answer_message 10 days ago
  expect engagement = 0
}

test "messages count for 90 days" {
  given 3 events receive_message 89 days ago
  expect engagement = -20
}

test "and not a day longer" {
  given 3 events receive_message 90 days ago
  expect engagement = 0
}

test "so do answers" {
  given 3 events receive_message 20 days ago
  given event answer_message 89 days ago
  expect engagement = 0
}

test "an answer of 90 days ago settles nothing" {
  given 3 events receive_message 20 days ago
  given event answer_message 90 days ago
  expect engagement = -20
}

test "half a year of silence costs 20" {
  as of 2026-11-01
  given event visit_page(url = "/") on 2026-05-01
  expect engagement = -20
}

test "a day less does not" {
  as of 2026-11-01
  given event visit_page(url = "/") on 2026-05-02
  expect engagement = 0
}

test "unsubscribing costs 40, and what is left does not decay" {
  as of 2026-11-01
  given event register_webinar on 2026-03-15
  given event unsubscribe on 2026-04-01
  # 20 − 40, and 20 more for the silence
  expect engagement = -40
}

test "nobody looks worse for never having come" {
  given title = "DRH", employees = 10
  expect engagement = 0
  expect fit = 40
}
