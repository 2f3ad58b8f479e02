when title contains "a" or "b" or "c" add 1
when title not contains word "a" or "b" add 2
when title = "a" or "b" and employees > 3 add 3
when title starts with "a" or "b" add 4
when title contains "a" and "b" add 5
when employees > 3 or 5 add 6
when title is known or "b" add 7
