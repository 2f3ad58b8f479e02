when country is known and country != "FR" add -10
when title not contains "stagiaire" or title is unknown add 5
when country in ("FR", "BE") and country != "BE" add 1
when no event unsubscribe add 3
when email is unknown add -5
when not (region = "north" or region is unknown) add 2
when event visit_page where (url is known and url not contains "/tarifs") add 1 once

let is_engineer = title contains word "engineer"
when is_engineer and title not contains word "manager" add -10
