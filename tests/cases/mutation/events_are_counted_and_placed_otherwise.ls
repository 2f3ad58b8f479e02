event visit_page(url: text)
event download
event order(amount: number)

ignore event visit_page where url contains "bot"

when event download add 10 at most 3 times
when event visit_page where url contains "/tarifs" within 30 days add 5 once per day at most 4 times
when event in (order, download) and no event visit_page within 1 week add 1 every time
when at least 3 events order not within 2 months add 4
when exactly 1 event order add 5
when at most 1 event order add 6
when largest(amount of event order) > 100 add 7
when months since last(event order) >= 2 add 8
