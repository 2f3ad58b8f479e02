model "From visitor to customer"
timezone "Europe/Paris"

field email: text
field title: text
field employees: number

event visit_page(url: text)
event download_guide
event attend_webinar
event answer_question
event request_demo

list free_mail = "gmail.com", "outlook.com", "orange.fr"

# Profile.
score fit {
  when title contains word any of (
      "CTO",
      "CIO",
      "DSI",
      "directeur technique",
      "directrice technique"
    )
    add 40 because "decides on software"
  by employees {
    20 to 1000  add 40
    > 1000      add 10 because "buys through tenders"
  }
  when domain(email) is known and domain(email) not in free_mail add 20 because "a work address"
  A >= 80
  B >= 40
  C otherwise
}

# Behaviour. A tenth is forgotten every month.
score behaviour {
  when event visit_page where url contains "/pricing" add 5 once per day at most 4 times
  when event download_guide add 10 at most 3 times
  when event attend_webinar add 15 at most 2 times
  when any event request_demo add 40
  decay 10% per month
  engaged >= 30
  quiet otherwise
}

classify lifecycle {
  ready_for_sales    when score >= 120 and fit.band = A and any event request_demo within 60 days
  qualified_lead     when fit.band in (A, B) and behaviour.band = engaged
  in_qualification   when email is known and any event answer_question within 90 days
  known_visitor      when email is known
  anonymous_visitor  otherwise
}

# Sales call those who have asked to see it.
promise lifecycle != ready_for_sales when no event request_demo within 60 days

on enter lifecycle ready_for_sales notify sales within 4 hours do "call"
on enter lifecycle qualified_lead notify inside_sales within 2 days do "ask about budget, date and need"
on stay lifecycle known_visitor for 90 days notify marketing do "offer the next guide"
