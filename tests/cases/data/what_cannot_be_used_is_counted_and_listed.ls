field title: text
field employees: number
field created: date
field client: boolean
field tags: list of text
field size: one of "Petite", "Grande"
when title is known and employees > 1 and created is known and client and tags contains "a" and size = "Petite" add 1
when event visit_page where (url contains "x" and n > 1) add 1
event visit_page(url: text, n: number)
--- arguments
--contacts contacts.csv
--events events.csv
--- contacts.csv
id,title,employees,created,client,tags,size
a,x,many,yesterday,perhaps,"[1]",moyenne
b,y,1e400,2026-02-30,oui,a; b,PETITE

,,,,,,
c,z,3
d,z,4,2026-11-01 10:00 UTC,NON,,,stray
--- events.csv
contact,event,at,url,n
a,visit_page,,/x,1
a,visit_page,soon,/x,1
a,,2026-11-01,/x,1
z,visit_page,2026-11-01,/x,1
,visit_page,2026-11-01,/x,1
a,open_email,2026-11-01,/x,1
z,open_email,never,/x,1
a,visit_page,2026-11-01,/x,one
