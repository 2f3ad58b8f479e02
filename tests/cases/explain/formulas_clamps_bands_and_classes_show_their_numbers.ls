field email: text
field employees: number
event visit_page
event buy(amount: number)

score fit min 0 max 50 {
  when employees >= 100 add 45
  when employees >= 1_000 add 30
  when email is unknown add -60
  A >= 40
  B >= 20
  C otherwise
}
score engagement {
  when event visit_page add 3 once per week
  when event buy where (amount > 100 and amount < 10_000) add 20 fading over 90 days
  when event buy add 7.5 at most 3 times fading 10% per month
  decay 10% per 2 weeks since event visit_page
}
score priority max 10 = (fit - 2.5) / 10 + engagement / 100
score min -10 max 80 = 0.6 * fit + 0.4 * engagement - -1

hot >= 30
warm >= 20

classify stage {
  ready when band = hot and fit.band in (A, B)
  known when email is known
}

promise band != hot when email is unknown
promise score between 0 and 20
---
as of 2026-11-01
{"id": "big", "email": "a@b.fr", "employees": 2000, "events": [{"event": "visit_page", "at": "2026-09-30"}, {"event": "visit_page", "at": "2026-09-30"}, {"event": "visit_page", "at": "2026-09-29"}, {"event": "visit_page", "at": "2026-09-28"}, {"event": "buy", "at": "2026-10-01", "amount": 250}, {"event": "buy", "at": "2026-09-01", "amount": 99}, {"event": "buy", "at": "2026-08-10", "amount": 150.25}, {"event": "buy", "at": "2026-07-10", "amount": 5000}, {"event": "buy", "at": "2026-06-10"}]}
{"id": "anonymous"}
