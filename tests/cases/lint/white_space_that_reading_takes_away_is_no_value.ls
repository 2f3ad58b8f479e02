# A text is trimmed when it is read: what begins with white space has a mark before it.
field title: text
field interests: list of text

when title = " x" add 10
when title starts with " y" add 10
when interests contains "z " add 10

promise score < 20
