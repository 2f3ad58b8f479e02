when title is known add 5
--- contacts.csv
id,title
ann,"a
b"

bob,b
ann,c
--- arguments
--contacts contacts.csv
