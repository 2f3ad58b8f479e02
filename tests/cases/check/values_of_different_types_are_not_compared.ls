field title: text
field n: number
field day: date
field ok: boolean
when n > "50" add 1
when title = 5 add 1
when day >= "2026-01-01" add 1
when ok = "oui" add 1
when ok = "perhaps" add 1
when n = day add 1
when n in (1, "2", 2026-01-01) add 1
when title in ("a", 2) add 1
