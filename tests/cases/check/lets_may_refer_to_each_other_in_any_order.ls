let a = b and c
let b = c
let c = employees > 5
when a add 1
