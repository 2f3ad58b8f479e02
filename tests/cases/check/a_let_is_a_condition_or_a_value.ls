field ok: boolean
field n: number
let alias = ok
let opposite = not ok
let positive = n > 0
let doubled = n * 2
when alias and opposite and positive and doubled >= 2 add 1
when alias is unknown or positive = false add 2
