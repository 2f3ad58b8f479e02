field n: number
score min -10 max 100
when n > 0 add 60
when n < 0 add -30
score a {
  when n > 1 add 30
}
score b max 5 {
  when n > 2 add 70
}
hot >= 95
warm >= 60
cold otherwise
---
as of 2026-11-01
{"id": "60, warm", "n": 1}
{"id": "90, warm", "n": 2}
{"id": "95, hot", "n": 3}
{"id": "-10, cold", "n": -1}
{"id": "0, cold"}
