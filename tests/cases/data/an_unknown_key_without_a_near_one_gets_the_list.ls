field title: text
field employees: number
when title contains "DRH" and employees > 10 add 5
when event visit_page where url contains "/tarifs" add 1
--- leadscore.toml
[[events]]
path = "e.csv"
filter = "x"
