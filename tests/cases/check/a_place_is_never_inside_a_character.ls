timezone “é”
field title: text
when title = “é” ÷ 2 add 5
