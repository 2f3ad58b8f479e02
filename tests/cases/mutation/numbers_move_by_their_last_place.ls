field employees: number
field share: number
field created: date

let large = 1_000
let quota = employees * 2 - 10 / share

when employees >= 50 add 10
when employees < large add -2.5
when share between 0.25 and 30% add 1
when created = 2026-11-01 add 1_000_000
when quota != 3 add 1
