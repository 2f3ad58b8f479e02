field renewal: date
when renewal in (2026-03-10, 2026-03-11) and days since renewal between 7 and 30 add 5
