# The benchmark's model: forty rules over a profile of nine fields and an event log of twenty-five kinds.
model "fit40"

field email: text
field title: text
field employees: number
field industry: text
field country: text
field budget: number
field subsidiaries_abroad: boolean

event visit_page(url: text, duration_s: number)
event open_email
event click_email
event open_newsletter
event click_newsletter
event view_video
event visit_careers
event download_whitepaper
event use_simulator(value: number)
event view_case_study
event search_site
event chat_message
event click_ad
event social_follow
event social_share
event register_webinar
event attend_webinar(duration_s: number)
event form_submit
event download_brochure
event request_callback
event request_demo
event unsubscribe
event send_email passive
event send_newsletter passive
event bounce_email passive

let sends = count(event send_email)
let open_rate = count(event open_email) / sends

score fit max 100 {
  when title contains any of ("directeur", "directrice", "director", "head of") add 20
  when title contains any of ("ressources humaines", "human resources", "drh") add 15
  when title contains any of ("pdg", "ceo", "président") add 15
  when title contains any of ("stagiaire", "alternant", "apprenti") add -20
  when title contains any of ("étudiant", "student") add -30
  when title is unknown add -5
  by employees {
    50 to 249    add 10
    250 to 4999  add 20
    >= 5000      add 15
    unknown      add -5
  }
  when industry in ("Pharma", "Banque", "Assurance", "Industrie") add 15
  when country = "FR" add 10
  when budget >= 50000 add 20
  when subsidiaries_abroad add 10
  when domain(email) in ("gmail.com", "yahoo.fr", "hotmail.com", "orange.fr") add -10
}

score engagement max 150 {
  when event visit_page add 1 at most 20 times
  when event visit_page where url contains "/pricing" add 5 at most 5 times
  when event visit_page where url starts with "/produits/" within 30 days add 2 at most 5 times
  when event visit_page where duration_s >= 120 add 2 at most 5 times
  when event open_email add 1 at most 10 times
  when event click_email add 3 at most 5 times
  when event click_email within 30 days add 5 once
  when event open_newsletter add 1 at most 8 times
  when event click_newsletter add 2 at most 5 times
  when event download_whitepaper add 10 at most 3 times
  when event download_whitepaper within 90 days add 5 once
  when event use_simulator add 8 at most 3 times
  when event use_simulator where value >= 50000 add 10 once
  when event attend_webinar add 10 at most 3 times
  when event attend_webinar where duration_s >= 1800 add 5 once
  when event request_demo add 40 once
  when event request_demo within 30 days add 20 once
  when at least 3 events visit_careers add -25
  when event unsubscribe add -40 once
  when at least 5 events visit_page within 30 days add 15
  when sends >= 5 and open_rate >= 40% add 15
  when days since last(event) <= 7 add 10
  decay 5 per month
}

hot >= 150
warm >= 60
cold otherwise
