when employees > 50 add 1
when employees contains "many" add 1
when employees = 2026-01-01 add 1
let alias = size
when alias + 1 > 2 add 1
when size starts with "a" add 1
when event visit where page = 1 add 1
when event where page = "1" add 1
when level < other add 1
when level contains "x" add 1
