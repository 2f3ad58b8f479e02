field since: date
event add
let and = 5
when any = 3 add 10
