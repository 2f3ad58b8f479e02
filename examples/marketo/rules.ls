model "Marketo e-mail activity"

event open_email
event click_email(link: text)
event unsubscribe_email

exclude when any event unsubscribe_email because "unsubscribed"

when event open_email add 2 once per day at most 5 times
when event click_email add 5 once per day at most 4 times because "a day with a click"
when any event click_email where link contains "hands-on" add 15 because "wants to try it"
decay 50% per month

interested >= 20
aware otherwise

test "ninety clicks in three days are three days with a click" {
  as of 2020-05-15
  given 14 events click_email on 2020-04-28
  given 12 events click_email on 2020-04-29
  given 68 events click_email on 2020-04-30
  expect score = 15
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
  expect score = 1.75
}

test "unsubscribed is out" {
  given event open_email 1 day ago
  given event unsubscribe_email 1 day ago
  expect excluded
}
