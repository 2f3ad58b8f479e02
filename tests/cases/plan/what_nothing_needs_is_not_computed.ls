event visit(url: text, duration: number)
event open
event bounce
ignore event bounce
let unused = sum(duration of event visit) > 10
let used = average(duration of event visit) / 2
when used > 5 add 1
when no event open add -1
promise score <= 1
