field email: text
when email contains "@" and domain(email) is unknown add 10
