event open_email
event click_email
event download

score slow {
  when event open_email add 5 fading over 90 days
  when event click_email add 5 fading 10% per month
  when event download add 5 once per week fading 1 per 2 weeks
  decay 5 per month
}
score fast max 100 {
  when event download add 10 at most 9 times
  decay 100% per year since event in (open_email, click_email) within 2 years
}
