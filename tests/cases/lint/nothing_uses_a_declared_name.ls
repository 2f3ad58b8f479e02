field title: text
field employees: number
event open_email
event visit_page(url: text, duration: number)
list competitors = "acme.com", "globex.fr"
let big = employees >= 500

when title contains word "DRH" add 40
when event visit_page where url contains "/tarifs" add 5 once
