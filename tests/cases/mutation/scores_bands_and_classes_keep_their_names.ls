field email: text
field employees: number
event request_demo

exclude when employees < 2 because "too small"

score fit min 0 max 1 {
  when employees > 5 add 40
  A >= 80
  B >= 79
  C otherwise
}
score interest {
  when any event request_demo add 50
}
score = -0.6 * fit + interest / 2 - 1
score urgency max 10 = interest * 0.1

hot >= 150
cold otherwise

classify stage {
  ready    when fit.band in (A, B) and score > 50
  known    when email is known
  nobody   otherwise
}

promise score < 10000
on enter hot notify sales within 24 hours do "call"
