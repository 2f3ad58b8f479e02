field employees: number
field title: text
event visit(url: text)
let big = employees > 50
when event visit where employees > 50 add 1
when event visit where big add 1
when event visit where (url = "x" and any event visit) add 1
when event visit where count(event visit) > 1 add 1
when url contains "x" add 1
promise no event visit where score > 1
promise no event visit where (band = hot)
hot >= 5
