when country != "FR" add -10
when not has_subsidiaries add -5
when title not contains "stagiaire" and employees > 30 add 10
when not (industry = "services" or region in ("north", "south")) add 1
when days since created not between 1 and 30 add 2
when event visit_page where not url contains "/tarifs" add 1 once
exclude when domain(email) not in ("acme.com", "globex.fr")
