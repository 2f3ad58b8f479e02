field n: number
score fit max 100 {
  when n >= 1 add 33.3333
  when n >= 2 add 66.6667
}
score huge {
  when n >= 1 add 1_000_000
}
score third = fit / 3
score big = huge * huge * huge
score small = 0 - big * 2
score back = small + big
score negative = -fit * (0.6 - 1)
score = 0.6 * fit + 0.4 * third
score priority max 10 = fit / 10
---
as of 2026-11-01
{"id": "third 11.1111, score 24.4444, priority 3.3333, negative 13.3333", "n": 1}
{"id": "third 33.3333, score 73.3333, priority 10, negative 40", "n": 2}
{"id": "all zero"}
