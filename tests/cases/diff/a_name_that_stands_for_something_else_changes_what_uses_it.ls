list free_mail = "gmail.com", "yahoo.com"
let decides = title contains word any of ("CEO", "CTO")
let from_a_company = domain(email) not in free_mail
let target = decides and from_a_company
when target add 40
when decides add 10
when email is unknown add -5
---
list free_mail = "gmail.com", "gmx.de"
let decides = title contains word any of ("CEO", "CTO", "CFO")
let from_a_company = domain(email) not in free_mail
let target = decides and from_a_company
when target add 40
when decides add 10
when email is unknown add -5
