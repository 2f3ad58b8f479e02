field title: text
event x

when title is known and (any event x or no event x) add 10
when title is known add -10
decay 5 per month
