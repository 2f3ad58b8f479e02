when title contains "DRH" and employees > 1 add 5
--- arguments
--contacts -
--events -
--input-format csv
