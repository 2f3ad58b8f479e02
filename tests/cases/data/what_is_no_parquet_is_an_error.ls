field title: text
when title contains "DRH" add 5
--- contacts.parquet
id,title
1,DRH
--- arguments
--contacts contacts.parquet
