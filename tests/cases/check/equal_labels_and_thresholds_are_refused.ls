when x add 1
hot >= 10
warm >= 10
hot >= 5
cold otherwise
freezing otherwise
excluded >= 1
classify stage {
  a         when x
  a         when y
  excluded  when z
}
promise stage = excluded
