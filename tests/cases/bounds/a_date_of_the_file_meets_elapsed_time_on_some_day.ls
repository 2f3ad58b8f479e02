field renewal: date
when renewal = 2026-12-31 and days until renewal between 30 and 60 add 5
