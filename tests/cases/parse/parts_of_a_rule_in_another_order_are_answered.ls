when event visit_page add 10 fading over 90 days at most 3 times
when event visit_page add 10 because "reads" once
when event visit_page at most 3 times add 10
when event visit_page add 10 within 30 days
when event visit_page add 10 where url contains "/prices"
when event visit_page add 10 per day
when event visit_page add 10 max 3 times
hot >= 10
