list a from "no_such.txt"
list b from "empty.txt"
list c from "free_mail.txt"
when domain(email) in a or domain(email) in c add 1
