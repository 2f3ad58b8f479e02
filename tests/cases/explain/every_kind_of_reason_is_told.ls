timezone "Europe/Paris"

field title: text
field email: text
field employees: number
field created: date
field interests: list of text
field customer: boolean

event open_email
event send_email passive
event visit_page(url: text, duration: number)
event answer_message

list competitors = "acme.com", "globex.fr", "initech.de", "umbrella.org", "hooli.com"

let open_rate = count(event open_email within 90 days) / count(event send_email within 90 days)
let ideal = at least 3 of (title contains word "marketing", employees >= 50, interests contains "content", years since created >= 5)
let is_customer = customer

when ideal add 40 because "the ideal customer"
when open_rate > 30% add 15
when employees between 30 and 500 and title contains word any of ("DRH", "DAF") add 20
when title starts with "Dir" or title ends with "RH" add 10
when email matches "@gmail" add -5
when domain(email) in competitors add -50
when is_customer add -100
when created is known and not created > 2024-01-01 add 3
when none of (employees > 1_000, customer) add 2
when at most 1 of (employees > 10, interests contains "content") add 1
when at least 3 events visit_page within 30 days add 8
when exactly 2 events open_email add 4
when no event answer_message within 6 months add -5

when last(event visit_page) >= 2026-10-01 add 6
when sum(duration of event visit_page) >= 100 add 9
when employees in (10, 20, 30) add 7

hot >= 90
cold otherwise
---
as of 2026-11-01
{"id": "ideal", "title": "Directrice marketing, RH", "email": "a@gmail.com", "employees": 120, "created": "2019-05-04", "interests": ["content", "seo"], "customer": "no", "events": [{"event": "open_email", "at": "2026-10-01"}, {"event": "open_email", "at": "2026-10-02"}, {"event": "send_email", "at": "2026-10-01"}, {"event": "send_email", "at": "2026-10-05"}, {"event": "send_email", "at": "2026-10-06"}, {"event": "visit_page", "at": "2026-10-30", "duration": 99.5}, {"event": "visit_page", "at": "2026-10-31"}, {"event": "answer_message", "at": "2026-01-01"}]}
{"id": "blank"}
{"id": "customer", "email": "x@acme.com", "employees": 20, "customer": true, "created": "2026-03-01", "title": "DRH"}
