# As of a Monday there are 602 weeks.
event x

when event x within 4202 days add 1 once per week

promise score <= 601
