field title: text
field n: number
field day: date
field ok: boolean
field tags: list of text
list names = "a"
list days = 2026-01-01
when title < "b" add 1
when ok >= true add 1
when tags = "a" add 1
when tags = tags add 1
when tags in ("a") add 1
when ok in ("a") add 1
when title + 1 > 2 add 1
when n * title = 2 add 1
when -title = 2 add 1
when days since n > 3 add 1
when domain(n) = "x" add 1
when n contains "5" add 1
when day contains "2026" add 1
when tags contains word "a" add 1
when tags starts with "a" add 1
when n ends with "a" add 1
when n matches "a" add 1
when title between "a" and "b" add 1
when n between 1 and "b" add 1
when day in days add 1
when day in names add 1
when title contains any of days add 1
when count(title) > 1 add 1
when sum(event visit) > 1 add 1
when domain(event visit) = "a" add 1
when sum(url of event visit) > 1 add 1
when url_count > 1 add 1
event visit(url: text)
