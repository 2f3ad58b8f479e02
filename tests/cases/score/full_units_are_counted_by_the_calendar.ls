score d {
  when days since x = 30 add 1
}
score m {
  when months since x = 0 add 1
  when months since x = 1 add 2
  when months since x = -1 add 4
  when months since x = -2 add 8
}
score y {
  when years since x >= 1 add 1
  when years until x = 1 add 2
  when weeks since x between 4 and 4 add 4
}
---
as of 2026-03-01
{"id": "the last day of January is a full month ago: m 2, y 4", "x": "2026-01-31"}
{"id": "the first of February too: m 2, y 4", "x": "2026-02-01"}
{"id": "the second is not: m 1", "x": "2026-02-02"}
{"id": "30 days: d 1, m 2, y 4", "x": "2026-01-30"}
{"id": "a year: y 1", "x": "2025-03-01"}
{"id": "tomorrow is -1 month and -1 year: m 4, y 2", "x": "2026-03-02"}
{"id": "in a month: m 4, y 2", "x": "2026-04-01"}
{"id": "in a month and a day: m 8, y 2", "x": "2026-04-02"}
{"id": "in a year: y 2", "x": "2027-03-01"}
{"id": "missing: nothing"}
