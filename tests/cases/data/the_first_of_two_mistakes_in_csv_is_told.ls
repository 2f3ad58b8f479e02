when title is known add 5
--- contacts.csv
id,title
ann,a
,b
cid,"c
--- arguments
--contacts contacts.csv
