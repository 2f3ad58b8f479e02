field title: text
field employees: number
event visit(url: text)
timezone "Europe/Pari"
when titel contains "x" add 1
when employees contains "x" add 1
when title = "x" add 0
when event visit add 5 once at most 2 times
when title = "x" and title = "y" or employees > 5 add 5
when event visit where employees > 5 add 5
if title = "x" add 5
when title matches "(" add 5
hot >= 50
hot >= 60
