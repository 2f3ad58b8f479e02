field email: text
when email contains "zq" and domain(email) is known add 10
