# of the old ones
let decides = title contains word any of ("CEO", "CTO")
when decides and employees between 10 and 500 add 40 because "the target"
when country != "FR" and not employees > 5 add -5
when no event visit within 30 days add -1
by industry {
  "a", "b"  add 5
  otherwise add 1
}
hot >= 30
---
# of the new ones
when no events visit within 30 days add -1
when not employees > 5 and not country in ("fr") add -5
when employees >= 10 and employees <= 500 and title contains word any of ("cto", "ceo") add 40 because "those who sign"
by industry {
  "b", "a"   add 5
  otherwise  add 1
}
hot >= 30
