# Titles.

test "a CTO who read one paper and wants to hear of live events is qualified" {
  given title = "CTO", wants_live_events = true
  given event download_content(high_intent = false) 5 days ago
  expect score = 90
  expect band = mql
}

test "an instructor is no CTO" {
  given title = "Instructor"
  expect score = 0
}

test "nor is a contractor, and a headhunter is no head" {
  given title = "Headhunter for contractors"
  expect score = 0
}

test "a team leader still leads" {
  given title = "Team Leader"
  expect score = 50
}

test "a director of engineering is a director" {
  given title = "Director of Engineering"
  expect score = 50
}

test "an engineering manager is no engineer" {
  given title = "Manager, Software Engineer Team"
  expect score = 50
}

test "an engineer who works for managers is one" {
  given title = "Support Engineer for Account Managers"
  expect score = -10
}

test "engineers and developers lose 10, in French too" {
  given title = "Développeuse"
  expect score = -10
}

test "whoever sells engineering is no engineer" {
  given title = "Sales, Engineering Services"
  expect score = 0
}

test "a generic address costs 5" {
  given email = "jo@gmail.com"
  expect score = -5
}

# Events and content.

test "webcasts count every time" {
  given 6 events attend_webcast 30 days ago
  expect score = 90
}

test "so do those on demand" {
  given 2 events attend_on_demand(hosted_elsewhere = false) 3 days ago
  expect score = 30
}

test "an on-demand webcast hosted elsewhere is worth 10" {
  given event attend_on_demand(hosted_elsewhere = true) 3 days ago
  expect score = 10
}

test "high intent is a download too" {
  given event download_content(high_intent = true) 3 days ago
  expect score = 120
}

test "each kind of event has its points" {
  given event attend_owned_event 9 days ago
  given event register_event 8 days ago
  given event register_self_service 7 days ago
  given event visit_booth 6 days ago
  given event download_syndicated 5 days ago
  given event fill_survey 4 days ago
  # 75 + 15 + 10 + 30 + 15 + 45
  expect score = 190
}

test "who asks to be called is called" {
  given event request_follow_up today
  expect score = 100
  expect band = mql
}

# Once each.

test "a demo is enough" {
  given event request_demo today
  expect score = 90
  expect band = mql
}

test "three demos are worth no more than one" {
  given 3 events request_demo today
  expect score = 90
}

test "the third visit to the jobs costs 25" {
  given 2 events visit_page(url = "/jobs/apply/") 3 days ago
  given event visit_page(url = "/jobs/") today
  expect score = -25
}

test "two visits are curiosity" {
  given 2 events visit_page(url = "/jobs/") 3 days ago
  expect score = 0
}

test "and other pages are no jobs" {
  given 3 events visit_page(url = "/pricing/") 3 days ago
  expect score = 0
}

test "each form of sales counts for itself" {
  given event fill_form(form = 1415) today
  given event fill_form(form = 1476) today
  given event fill_form(form = 1411) today
  expect score = 300
}

test "each subscription is worth 10, the free trial's page 50" {
  given wants_newsletter = true, wants_security_news = true, wants_webcasts = true
  given event visit_page(url = "https://about.gitlab.com/free-trial/") today
  expect score = 80
}

# Trials.

test "the form of a trial is worth 100" {
  given event fill_form(form = 1318) 3 days ago
  expect score = 100
}

test "a trial is counted once, whichever way it was found" {
  given trial_in_product = true
  given event fill_form(form = 2150) 3 days ago
  expect score = 100
}

test "a trial found in the product counts, and one on the site" {
  given trial_in_product = true, trial_gitlab_com = true
  expect score = 200
}

# Leaving.

test "unsubscribing costs 25" {
  given event unsubscribe today
  expect score = -25
}

test "also where only the list of addresses knows of it" {
  given unsubscribed = true
  expect score = -25
}
