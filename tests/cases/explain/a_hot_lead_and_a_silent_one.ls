model "Payroll"

field title: text
field employees: number
field industry: one of "industry", "construction", "services"

event download_whitepaper
event visit_page(url: text, duration: number)
event send_email passive

score fit max 100 {
  when title contains word "DRH" add 50 because "signs the contract"
  by employees {
    < 30 add -10
    30 to 500 add 30 because "our market"
    > 500 add 5
  }
  by industry {
    "industry", "construction" add 30
  }
}

score engagement {
  when event download_whitepaper add 10 at most 3 times because "reads us"
  when event visit_page where url contains "/tarifs" within 60 days add 5 once per day because "looks at prices"
  when any event visit_page where url contains "/demo" within 30 days add 40
  decay 5 per month
}

hot >= 120
warm >= 60
cold otherwise
---
as of 2026-11-01
{"id": "martino", "title": "DRH France", "employees": 120, "industry": "construction", "events": [{"event": "download_whitepaper", "at": "2026-08-15"}, {"event": "download_whitepaper", "at": "2026-09-01"}, {"event": "download_whitepaper", "at": "2026-09-12"}, {"event": "download_whitepaper", "at": "2026-09-20"}, {"event": "visit_page", "at": "2026-09-20", "url": "/tarifs/pro"}, {"event": "visit_page", "at": "2026-09-20", "url": "/tarifs"}, {"event": "visit_page", "at": "2026-09-15", "url": "/demo"}, {"event": "send_email", "at": "2026-10-30"}]}
{"id": "nobody", "title": "Stagiaire RH", "employees": 12}
