when title = "x" add 5 once
when any event visit add 5 at most 3 times per week
when title = "y" add 5 fading over 90 days
when title = "z" add 5 every time
