field interests: list of text
when interests is known and interests not contains "other" add 10
