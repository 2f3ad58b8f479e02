event click(agent: text)
ignore event click where agent contains "bot"
when event click add 5 once
--- contacts.csv
id
ann
--- events.csv
contact,event,at
ann,click,2026-01-01
--- arguments
--contacts contacts.csv
--events events.csv
