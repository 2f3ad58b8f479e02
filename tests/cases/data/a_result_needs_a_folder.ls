when title contains "DRH" and employees > 1 add 5
--- arguments
--contacts contacts.csv
-o none/scores.csv
--- contacts.csv
id
a
