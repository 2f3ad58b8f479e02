field employees: number
field created: date
when employees > 1 add 5
when months since created > 1 add 5
when event visit add 5 once
--- contacts.csv
id,employees,created
ann,100000000000000,10000-01-01
bob,-1e15,99999999999999999
cid,1e,2026-13-01
--- events.csv
contact,event,at
ann,visit,0000-01-01
ann,visit,2026-01-01
--- arguments
--contacts contacts.csv
--events events.csv
