field title: text
event demo
event visit_pricing
event open_email

when any event demo add 60
when event visit_pricing add 20 at most 2 times
when title contains "director" add 40
when event open_email add 1 at most 10 times

hot >= 100
warm >= 50
cold otherwise
