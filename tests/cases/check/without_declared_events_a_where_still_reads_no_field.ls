field employees: number
let big = employees > 50
when event visit where employees > 50 add 1
when event visit where big add 1
when event visit where url contains "x" add 1
