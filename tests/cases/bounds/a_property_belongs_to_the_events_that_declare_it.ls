event call(note: text)
event visit
when event in (call, visit) where note contains "x" add 10
when no event call add -10
