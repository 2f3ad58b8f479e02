# Whoever has ten of these events has read for more than a thousand seconds.
event read(seconds: number)

exclude when sum(seconds of event read) > 1000
when event read where seconds > 100 add 10
