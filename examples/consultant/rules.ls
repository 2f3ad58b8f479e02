model "An independent consultant"
timezone "Europe/Paris"

event visit_page(url: text)
event fill_form(fields: list of text)
event open_email
event click_email
event unsubscribe

# Pages.
when event visit_page within 90 days add 2 once per day at most 10 times
when any event visit_page where url contains "/tarifs" add 10 because "looks at prices"

# Forms, and what was filled in.
when event fill_form add 20 at most 3 times
when any event fill_form where fields contains "phone" add 25 because "wants to be called"
when any event fill_form where fields contains "project" add 15 because "has a project"
when any event fill_form where fields contains "budget" add 15 because "has money for it"

# E-mails. An old click is worth less than a fresh one.
when event open_email add 1 at most 10 times
when event click_email add 5 at most 5 times fading over 90 days
when any event unsubscribe add -50

# Recency.
when any event in (visit_page, fill_form, click_email) within 14 days
  add 10 because "was here lately"

# "Above 125" is not "from 125": 125 itself is written to.
classify next_step {
  phone  when score > 125
  write  when score >= 60
  wait   otherwise
}

# Nobody is phoned who has only looked around.
promise next_step != phone when no event fill_form

on enter next_step phone notify consultant within 24 hours do "phone"
