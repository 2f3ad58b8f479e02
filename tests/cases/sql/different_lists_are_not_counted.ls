event visit(topics: list of text)
when distinct(topics of event visit) > 2 add 1
