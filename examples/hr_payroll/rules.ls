model "HR and payroll software"
timezone "Europe/Paris"

field title: text
field email: text
field employees: number
field industry: one of "industry", "construction", "services", "retail"
field foreign_subsidiaries: boolean
field expatriates: boolean

event download_whitepaper
event register_webinar
event request_demo
event visit_page(url: text)
event answer_message
event unsubscribe
event receive_message passive

list do_not_contact from "do_not_contact.txt"

let hr_director = title contains word any of (
  "DRH",
  "directeur des ressources humaines",
  "directrice des ressources humaines",
  "HR director"
)
let is_intern = title contains word "stagiaire"

exclude when email in do_not_contact because "on the do-not-contact list"

# Who they are: the target is the HR director of an industrial or construction company with 30 to 500 employees,
# subsidiaries abroad and expatriates to pay.
score fit {
  when hr_director add 50 because "signs the contract"
  by employees {
    < 30       add -10
    30 to 500  add 30 because "our market"
    > 500      add 5
  }
  by industry {
    "industry", "construction"  add 20 because "our payroll rules are written for them"
  }
  when foreign_subsidiaries add 25
  when expatriates add 25 because "what nobody else does well"
  when is_intern add -200 because "never called, whatever they download"
}

# What they do.
score engagement {
  when event download_whitepaper add 10 at most 5 times
  when event register_webinar add 20 at most 3 times
  when any event request_demo add 40 because "asked to see it"
  when event visit_page where url contains "/tarifs"
    add 5 once per day at most 4 times because "looks at prices"
  when any event visit_page where url contains "/carrieres"
    add -30 because "looks for a job, not for software"
  when at least 3 events receive_message within 90 days
    and no event answer_message within 90 days
    add -20 because "doesn't answer"
  when any event unsubscribe add -40
  when any event and no event within 6 months add -20 because "silent for half a year"
  decay 5 per month
}

hot >= 150
warm >= 75
cold otherwise

promise band != hot when is_intern

on enter hot notify sales within 24 hours do "call"
on leave hot notify marketing do "back to nurturing"
