when x add 1
hot >= 5
`very hot` >= 10
classify stage {
  ready when band = "hot"
  other when band in ("Very Hot", warm)
  third when band = 5
  fourth when band > hot
  fifth when stage2 = ready
}
classify stage2 {
  ready when x
}
list names = "hot"
promise band in names
promise band = hto
promise stage contains "x"
promise hot = band
let alias = stage
