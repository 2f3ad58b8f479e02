field title: text
field unused_field: number
event visit(url: text, unused_property: text)
event unused_event(x: text)
event all_count(kind: text)
list unused_list = "a"
let unused_let = title = "a"
when any event visit where url = "x" add 1
when event where kind = "x" add 1
