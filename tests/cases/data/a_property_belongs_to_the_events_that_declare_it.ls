event visit_page(url: text, n: number)
event open_email(n: text)
event bounce
when event visit_page where (url contains "x" and n > 1) add 1
when event open_email where n contains "x" add 1
when event bounce add -1
--- arguments
--contacts contacts.csv
--events events.csv
--- contacts.csv
id
a
--- events.csv
contact,event,at,url,n
a,visit_page,2026-11-01,/x,5
a,open_email,2026-11-01,/x,five
a,bounce,2026-11-01,/x,five
