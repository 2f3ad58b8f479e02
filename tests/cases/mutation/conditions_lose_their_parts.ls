field title: text
field country: text
field email: text
field employees: number
event visit_page(url: text, duration: number)

when title contains word "DRH" and country != "FR" add 1
when title not contains "intern" or (email is unknown and employees > 5) add 2
when all of (email is known, none of (country = "FR", country = "BE")) add 3
when at least 2 of (email is known, employees > 5, title starts with "D") add 4
when exactly 1 of (email is known, title ends with "x") add 5
when any event visit_page where (url contains "/tarifs" and duration >= 30) add 6
when not (employees > 5) add 7
