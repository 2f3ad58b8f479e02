event visit(value: text)
event buy(value: number)
event gift(value: number)
when event in (visit, buy) where value = "x" add 1
when event where value > 1 add 1
when event in (buy, gift) where value > 1 add 1
