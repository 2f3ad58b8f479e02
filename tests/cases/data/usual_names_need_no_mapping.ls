field title: text
field employees: number
when title contains "DRH" and employees > 10 add 5
when event visit_page where url contains "/tarifs" add 1
--- arguments
--contacts contacts.csv
--events events.csv
--- contacts.csv
id,title,employees,other
 1 , DRH ,12.50,x
2,,1e3,y
--- events.csv
contact,event,at,url,other
1,visit_page,2026-11-01T23:30:00Z,/tarifs,z
2,visit_page,2026-11-02,,
