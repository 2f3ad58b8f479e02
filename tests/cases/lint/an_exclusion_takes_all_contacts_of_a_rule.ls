exclude when email is unknown because "nobody to write to"
when email is unknown add -5
when email is known and trial add 10
