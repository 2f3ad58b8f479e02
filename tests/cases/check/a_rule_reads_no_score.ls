score fit {
  when score > 5 add 1
  when band = hot add 1
  when rich add 1
  when stage = ready add 1
  A >= 1
}
hot >= 1
let rich = fit > 5
let poor = not rich
classify stage {
  ready when rich
}
exclude when fit > 5 or fit.band = A
exclude when poor
score other {
  by fit {
    otherwise add 1
  }
  when event visit and total > 1 add 1
}
score total = fit + other
