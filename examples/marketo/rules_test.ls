test "ninety clicks in three days are three days with a click" {
  as of 2020-05-15
  given 14 events click_email on 2020-04-28
  given 12 events click_email on 2020-04-29
  given 68 events click_email on 2020-04-30
  expect score = 15
  expect band = aware
}

test "four days with a click are enough" {
  given event click_email 1 day ago
  given event click_email 2 days ago
  given event click_email 3 days ago
  given event click_email 4 days ago
  given event click_email 5 days ago
  expect score = 20
  expect band = interested
}

test "an e-mail opened again on the same day is opened once" {
  given 3 events open_email 1 day ago
  expect score = 2
}

test "five days of opening are enough, and don't make anybody interested" {
  given event open_email 1 day ago
  given event open_email 2 days ago
  given event open_email 3 days ago
  given event open_email 4 days ago
  given event open_email 5 days ago
  given event open_email 6 days ago
  expect score = 10
  expect band = aware
}

test "a click on the workshop" {
  given event click_email(link = "https://get.fivetran.com/-Hands-OnIntricityPhilly.html") 3 days ago
  expect score = 20
  expect band = interested
}

test "half is forgotten every month" {
  as of 2020-06-30
  given event click_email on 2020-04-30
  given event open_email on 2020-04-30
  # 7 × 0.5 × 0.5
  expect score = 1.75
}

test "half of 39 is not enough" {
  as of 2020-06-30
  given event click_email(link = "https://get.fivetran.com/hands-on") on 2020-05-30
  given event click_email on 2020-05-29
  given event click_email on 2020-05-28
  given event click_email on 2020-05-27
  given event open_email on 2020-05-29
  given event open_email on 2020-05-28
  expect score = 19.5
  expect band = aware
}

test "unsubscribed is out" {
  given event open_email 1 day ago
  given event unsubscribe_email 1 day ago
  expect excluded
}
