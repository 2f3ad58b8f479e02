when employees >= 50 add 30
when event request_demo add 40 at most 2 times because "asked to see it"
when any event visit_page within 30 days add 10
decay 5 per month
hot >= 50
cold otherwise
