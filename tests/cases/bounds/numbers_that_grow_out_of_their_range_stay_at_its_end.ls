field employees: number
score fit {
  when employees > 10 add 2
}
score big = 90_000_000_000_000 * fit
score = big - 90_000_000_000_000
