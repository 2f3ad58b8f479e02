score fit {
  when x add 1
}
let rich = y
score a = fit / 0
score b = fit / fit
score c = x + 1
score d = rich * 2
score e = score + 1
score f = days since z
score g = fit > 1
score h = "a"
score i = fit / (2)
score = fit + nothing_like_it + 2026-01-01
