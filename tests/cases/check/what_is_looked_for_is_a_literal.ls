field title: text
field other: text
when title contains other add 1
when title contains 5 add 1
when title starts with other add 1
when title in (other, "a") add 1
when title matches other add 1
when title contains any of ("a", other) add 1
list flags = true, false
