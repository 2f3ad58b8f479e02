field country: text
field employees: number
field opted_in: boolean
field tags: list of text
field born: date
score positive {
  when country = "FR" add 1
  when country in ("FR", "BE") add 1
  when country contains "f" add 1
  when country starts with "f" add 1
  when country matches "." add 1
  when employees < 5 add 1
  when employees between -10 and 10 add 1
  when opted_in add 1
  when opted_in = false add 1
  when tags contains "a" add 1
  when days since born >= 0 add 1
  when born < 2020-01-01 add 1
  when country is known add 1
}
score negative {
  when country != "FR" add 1
  when country not in ("FR", "BE") add 1
  when country not contains "f" add 1
  when country not starts with "f" add 1
  when not country matches "." add 1
  when not employees < 5 add 1
  when employees not between -10 and 10 add 1
  when not opted_in add 1
  when opted_in != false add 1
  when tags not contains "a" add 1
  when not days since born >= 0 add 1
  when not born < 2020-01-01 add 1
  when country is unknown add 1
}
---
as of 2026-11-01
{"id": "nothing known: 0 and 13"}
{"id": "blank is missing: 0 and 13", "country": "  ", "employees": "", "opted_in": null, "tags": [], "born": ""}
{"id": "all known: 12 and 1", "country": "FR", "employees": 2, "opted_in": false, "tags": ["a"], "born": "2000-01-01"}
