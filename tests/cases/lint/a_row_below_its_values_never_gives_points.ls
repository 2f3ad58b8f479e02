by employees {
  < 500       add 10
  30 to 250   add 20
  otherwise   add 5
}
by industry {
  "Santé", "services"  add 20
  "sante"              add 10
  "services", "SANTE"  add 1
  unknown              add -5
  unknown              add -6
}
by has_subsidiaries {
  true       add 10
  false      add 5
  otherwise  add 1
}
