model "Marketo e-mail activity"

event open_email
event click_email(link: text)
event unsubscribe_email

exclude when any event unsubscribe_email because "unsubscribed"

when event open_email add 2 once per day at most 5 times
when event click_email add 5 once per day at most 4 times because "a day with a click"
when any event click_email where link contains "hands-on" add 15 because "wants to try it"
decay 50% per month

interested >= 20
aware otherwise

# Opening is not enough: mail programs open, too.
promise band != interested when no event click_email
