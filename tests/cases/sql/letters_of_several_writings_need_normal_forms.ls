field title: text
field name: text
field company: text
event visit(url: text)
when title contains "निदेशक" add 1
when title starts with "Tổng giám đốc" add 2
when name = company add 3
when distinct(url of event visit) > 2 add 4
