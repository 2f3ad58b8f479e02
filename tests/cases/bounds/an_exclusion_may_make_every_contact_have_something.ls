field email: text
event demo

exclude when email is unknown
when email is known add 10
when any event demo add 10

known >= 10
shown >= 20
