model "InvestiLead"
timezone "Europe/Paris"
field title: text
field employees: number
field industry: one of "industry", "construction", "services"
field interests: list of text
field created: date
field has_subsidiaries: boolean
event visit_page(url: text, duration: number)
event send_email(url: text) passive
event form(duration: text)
list competitors = "acme.com", "globex.fr"
list free_mail from "free_mail.txt"
list sizes = 10, 20
let rate = count(event visit_page within 90 days) / count(event send_email within 90 days)
let ideal = at least 2 of (title contains word "marketing", employees >= 50, industry = "Services", interests contains any of ("content", "seo"))
let size = employees
ignore event visit_page where url contains "bot" because "robots"
when ideal and rate > 30% add 10
when size in sizes add 10
when domain(title) in free_mail or title contains any of competitors add -10
when has_subsidiaries = true and not has_subsidiaries add 1
when event where url starts with "/tarifs" add 1 at most 3 times once per week
