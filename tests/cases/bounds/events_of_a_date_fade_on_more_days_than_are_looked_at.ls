event a
when last(event a) >= 2026-01-01 add 50
when event a add 1 once
decay 10 per month
promise score >= 30 when last(event a) >= 2026-01-01
