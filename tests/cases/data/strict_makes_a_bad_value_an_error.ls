when title contains "DRH" and employees > 1 add 5
--- arguments
--contacts contacts.csv
--strict
--- contacts.csv
id,title,employees
a,DRH,many
b,DRH,5
