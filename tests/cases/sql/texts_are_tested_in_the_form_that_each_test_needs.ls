when title contains any of ("director", "œuvre") add 1
when title contains word "cto" add 2
when title starts with "chief" add 3
when title ends with "50 %_'" add 4
when title in ("CEO", "gérant") add 5
when domain(email) = "acme.com" add 6
when title is unknown add 7
