model "The ideal lead"

field title: text
field email: text
field business: one of "B2B", "B2C"
field industry: one of "software", "industry", "B2B services", "retail", "public sector"
field employees: number
field seniority: number  # years in the profession
field interests: list of text

event download_whitepaper
event attend_webinar
event visit_page(url: text)

list competitors = "mailrocket.com", "leadwave.io"

exclude when domain(email) in competitors because "a competitor"

# The six criteria, as marketing and sales agreed on them.
let leads_marketing = title contains word "marketing"
  and title contains word any of ("director", "manager")
let sells_to_companies = business = "B2B"
let our_industry = industry in ("software", "industry", "B2B services")
let big_enough = employees >= 50
let experienced = seniority >= 5
let interested = interests contains any of ("content", "marketing automation")

let ideal = all of (
  leads_marketing,
  sells_to_companies,
  our_industry,
  big_enough,
  experienced,
  interested
)

# How interesting they are to us.
score fit {
  when leads_marketing add 40
  when sells_to_companies add 10
  when our_industry add 15
  when big_enough add 15
  when experienced add 10
  when interested add 10
  A >= 100
  B >= 65
  C otherwise
}

# How interested they are in us.
score engagement {
  when event download_whitepaper add 10 at most 5 times
  when event attend_webinar add 15 at most 2 times
  when event visit_page where url contains "/pricing" add 10 once per day at most 3 times
  decay 10 per month
  high >= 50
  medium >= 20
  low otherwise
}

# The two are never added up to decide: no number of white papers makes an intern a buyer.
classify priority {
  hot      when ideal and engagement.band = high
  warm     when fit.band in (A, B) and engagement.band in (high, medium)
  nurture  when fit.band in (A, B)
  aside    otherwise
}

promise priority != hot when title contains word "intern"
  and title not contains word any of ("director", "manager")

on enter priority hot notify sales within 1 day do "call"
