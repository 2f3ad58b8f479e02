event visit
event unsubscribe
field title: text
score fit {
  when title contains word "intern" add -200
  when title contains word "chief" add 50
}
score engagement {
  when event visit within 30 days add 5 once per day at most 4 times
  when any event unsubscribe not within 90 days add -40
  decay 5 per month
}
