field n: number
score fit {
  when n >= 1 add 10
  when n >= 2 add 10.5
  B >= 10
  A >= 20
}
warm >= 10
hot >= 20.5
---
as of 2026-11-01
{"id": "none", "n": 0}
{"id": "warm and B", "n": 1}
{"id": "hot and A", "n": 2}
