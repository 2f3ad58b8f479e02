model "GitLab MQL, with whole words"

field email: text
field title: text
field wants_live_events: boolean
field wants_newsletter: boolean
field wants_security_news: boolean
field wants_webcasts: boolean
field trial_in_product: boolean
field trial_gitlab_com: boolean
field unsubscribed: boolean

event attend_webcast
event attend_on_demand(hosted_elsewhere: boolean)
event attend_owned_event
event request_follow_up
event register_event
event register_self_service
event visit_booth
event download_content(high_intent: boolean)
event download_syndicated
event request_demo
event fill_survey
event visit_page(url: text)
event fill_form(form: number)
event unsubscribe

list free_mail from "free_mail.txt"

let enterprise_trial = any event fill_form where form in (1318, 2150)
let decides = title contains word any of (
  "VP",
  "Vice President",
  "Manager",
  "Director",
  "Senior",
  "Head",
  "CIO",
  "CEO",
  "CFO",
  "CSO",
  "Founder",
  "CTO",
  "Chief",
  "Executive",
  "Lead",
  "Leader"
)
let builds = title contains word any of (
  "developer",
  "engineer",
  "développeur",
  "développeuse",
  "ingénieur",
  "ingénieure"
)
let manages = title contains word any of ("Executive", "Manager", "Director")

# Events and content: every one counts.
when event attend_webcast add 15 every time
when event attend_on_demand add 15 every time
when event attend_on_demand where hosted_elsewhere
  add -5 every time because "hosted by somebody else"
when event attend_owned_event add 75 every time
when event request_follow_up add 100 every time
when event register_event add 15 every time
when event register_self_service add 10 every time
when event visit_booth add 30 every time
when event download_content add 30 every time
when event download_syndicated add 15 every time
when event fill_survey add 45 every time

# Once each.
when any event download_content where high_intent add 90 because "one of three forms of high intent"
when any event request_demo add 90
when any event visit_page where url contains "/free-trial/" add 50 because "interest in enterprise"
when at least 3 events visit_page where url contains "/jobs/" add -25 because "looks for a job"
when wants_live_events add 10
when wants_newsletter add 10
when wants_security_news add 10
when wants_webcasts add 10
when any event fill_form where form = 1415 add 100 because "contact sales"
when any event fill_form where form = 1476 add 100 because "professional services"
when any event fill_form where form = 1411 add 100 because "public sector"
when enterprise_trial add 100
when trial_in_product and not enterprise_trial add 100
when trial_gitlab_com add 100
when any event unsubscribe or unsubscribed add -25

# Who they are.
when domain(email) in free_mail add -5 because "a generic address"
when decides add 50
when builds and not manages add -10

mql >= 90

# Ticking boxes is not enough.
promise band != mql when no event and not decides and not trial_in_product and not trial_gitlab_com
