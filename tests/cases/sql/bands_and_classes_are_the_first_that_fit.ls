score fit {
  when employees > 10 add 60
  A >= 50
  B >= 20
}
score engagement {
  when event visit add 5 at most 50 times
}
hot >= 100
warm >= 50
cold otherwise
classify lifecycle {
  ready      when band = hot and fit.band in (A, B)
  known      when email is known
  anonymous  otherwise
}
