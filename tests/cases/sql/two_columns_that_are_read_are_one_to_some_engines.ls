field budget: number
field Budget: number
field unread: number
field Unread: number
event visit(url: text, Url: text)
when budget > 1 add 1
when Budget > 1 add 10
when unread > 1 add 100
when event visit where url = "/a" add 2
when event visit where Url = "/a" add 20
