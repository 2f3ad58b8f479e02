event visit(url: text, seconds: number)
event newsletter passive
when any event add 1
when sum(seconds of event visit where url starts with "/tarifs") > 60 add 2
when average(seconds of event visit) > 10 add 3
when distinct(url of event visit) >= 3 add 4
