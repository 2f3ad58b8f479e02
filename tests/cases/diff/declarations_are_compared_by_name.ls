timezone "Europe/Paris"
field size: text
field title: text
event visit(url: text)
event order(price: number)
ignore event visit where url contains "bot"
when size is known add 1
when title is known add 1
when event visit add 1 once
when event order where price > 5 add 1 once
---
field size: number
field title: text
event visit(url: text, seconds: number)
event order(price: number) passive
ignore event visit where url contains "crawler"
when size is known add 1
when title is known add 1
when event visit add 1 once
when event order where price > 5 add 1 once
when any event visit where seconds > 60 add 1
