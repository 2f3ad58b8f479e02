field industry: one of "Industrie", "BTP"
when industry = "industrie" add 1
by industry {
  "BTP"      add 2
  unknown    add 3
  otherwise  add 4
}
