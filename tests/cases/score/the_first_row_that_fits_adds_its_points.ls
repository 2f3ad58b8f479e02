field industry: one of "industry", "construction", "services", "other"
field employees: number
field opted_in: boolean
field tags: list of text
score industry_ {
  by industry {
    "industry", "construction"  add 20
    "services"                  add 10
    unknown                     add -5
  }
}
score size {
  by employees {
    1, 2        add 7
    < 30        add -10
    30 to 500   add 30
    > 5_000     add 0
    otherwise   add 5
  }
}
score consent {
  by opted_in {
    true      add 3
    false     add -3
    unknown   add 1
  }
}
score tagged {
  by tags {
    "a", "b"   add 2
    "c"        add 4
    otherwise  add 8
  }
}
---
as of 2026-11-01
{"id": "20, 7, 3, 2", "industry": "Construction", "employees": 2, "opted_in": true, "tags": "c;B"}
{"id": "10, -10, -3, 4", "industry": "SERVICES", "employees": 29.9999, "opted_in": false, "tags": ["C"]}
{"id": "0, 30, 1, 8", "industry": "other", "employees": 500, "tags": ["d"]}
{"id": "blank: -5, 0, 1, 0"}
{"id": "0 and 5", "industry": "other", "employees": 501, "opted_in": "yes"}
{"id": "a row may add nothing: -5, 0", "employees": 5001}
