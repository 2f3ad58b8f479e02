when title contains "director" add 10
--- contacts.csv
id	title
ann	Director, sales
--- arguments
--contacts contacts.csv
--set contacts.delimiter=\t
