score fit {
  when size > 5 add 5
  high >= 5
  middle >= 2
  low >= 0
}
hot >= 3
warm >= 2
cold otherwise
