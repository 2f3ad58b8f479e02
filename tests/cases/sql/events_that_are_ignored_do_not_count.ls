event click(agent: text)
event visit(agent: text)
event bounce passive
when event click add 5 at most 5 times
when any event add 1
ignore event click where agent contains "bot"
ignore event visit because "counted elsewhere"
