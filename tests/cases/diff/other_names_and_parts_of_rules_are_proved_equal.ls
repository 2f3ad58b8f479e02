let decides = title contains word "CEO"
when decides add 20
when not decides and size > 50 add 5
when event visit add 3 at most 2 times
hot >= 20
---
let signs = title contains word any of ("ceo", "CEO")
when event visit add 3 at most 2 times
when size > 50 add 5
when signs add 20
when signs and size > 50 add -5
hot >= 20
