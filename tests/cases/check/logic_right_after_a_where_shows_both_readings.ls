when event visit where url contains "x" and title = "y" add 1
when any event visit where url contains "x" and title = "y" add 1
when not any event visit where url contains "x" or title = "y" or z add 1
when event visit where (url contains "x") and title = "y" add 1
when any event visit where url contains "x" within 3 days and title = "y" add 1
when title = "y" and any event visit where url contains "x" add 1
