field size: number
score fit {
  when size > 10 add 5
}
score f1 max 1000 = fit + 1
score f2 max 900 = f1 + 1
score f3 max 4 = f2 + 1
score = f3
