score fit max 100 {
  when title contains "DRH" add 40
  A >= 40
  B otherwise
}
score engagement min 0 {
  when event download add 10
  decay 10% per 2 weeks
}
score both = priority + 2 * fit
score priority max 10 = -(fit / 10) - engagement / -4
score max 200 = 30% * both + engagement
hot >= 100
cold otherwise
let strong = score > 50 and fit.band in (A, B)
classify lifecycle {
  ready      when strong and band = hot
  known      when email is known
  anonymous  otherwise
}
let customer = lifecycle = ready
exclude when any event unsubscribe   # they asked
  or email contains "test"
promise band != hot when title contains "stagiaire"
on enter hot notify sales within 24 hours do "call"
on stay fit.band A for 90 days notify marketing
on leave lifecycle ready notify sales
test "nobody" {
  expect not excluded and band = cold and customer = false and lifecycle is known
}
