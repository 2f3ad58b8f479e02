score fit {
  when title contains word "DRH" add 40
  A >= 50
  B otherwise
}
when event download_whitepaper add 10 at most 3 times
hot >= 100
warm >= 35
cold otherwise
