field title: text
event visit(url: text, duration: number)
when event visit where duration > 3 and url = "x" add 1
when event visit where duration > 3 or url = "x" add 2
when any event visit where duration > 3 or url = "x" add 3
when event visit where (duration > 3) and url = "x" add 4
