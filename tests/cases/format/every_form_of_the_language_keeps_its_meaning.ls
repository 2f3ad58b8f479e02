when event download_whitepaper add 10
when title contains "stagiaire" add -20
decay 5 per month
hot >= 150

model "InvestiLead"
timezone "Europe/Paris"

field title: text
field employees: number
field industry: one of "industry", "construction", "services"
field interests: list of text
field created: date
field has_subsidiaries: boolean

event download_whitepaper
event open_email
event click_email(agent: text)
event visit_page(url: text, duration: number)
event send_email passive                   # done to the contact, not by the contact

list competitors = "acme.com", "globex.fr"
list free_mail from "free_mail.txt"        # one a line, # comments; the path is relative to this file
let open_rate = count(event open_email within 90 days) / count(event send_email within 90 days)
let ideal = at least 4 of (title contains word "marketing", employees >= 50, industry = "services", interests contains "content", years since created >= 5)

ignore event click_email where agent contains "bot" because "link scanners"

when event visit_page where url contains "/tarifs" within 30 days add 5 once per day at most 4 times because "looks at prices"

by industry {
  "industry", "construction"  add 20
  "services"                  add 10
  unknown                     add -5
}
by employees {
  < 30        add -10
  30 to 500   add 30 because "our market"
  otherwise   add 5
}

score fit max 100 {
  when title contains word "DRH" add 40
}
score engagement min 0 max 150 {
  when event download_whitepaper add 10 at most 3 times
  decay 5 per month
}
score = 0.6 * fit + 0.4 * engagement
score priority max 10 = fit / 10

decay 5 per month
decay 10% per 2 weeks
decay 5 per month since event in (open_email, click_email)

hot >= 150                    # bands of the overall score
warm >= 50
cold otherwise

classify lifecycle {
  customer   when is_customer
  ready      when band = hot and fit.band in (A, B)
  known      when email is known
  anonymous  otherwise
}

exclude when any event unsubscribe because "asked not to be contacted"

promise band != hot when title contains word "stagiaire"
promise score between -50 and 250

on enter hot             notify sales within 24 hours do "call"
on leave hot             notify marketing do "back to nurturing"
on stay warm for 90 days notify marketing do "review"

test "an intern who downloads everything stays cold" {
  as of 2026-11-01
  given title = "Stagiaire marketing", employees = 120
  given event visit_page(url = "/tarifs", duration = 45) on 2026-10-30
  given 8 events download_whitepaper 20 days ago
  given event open_email today
  expect score = 10
  expect band = cold
  expect not excluded
}
