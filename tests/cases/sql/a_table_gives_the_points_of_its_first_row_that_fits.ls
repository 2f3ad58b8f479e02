field plan: text
field employees: number
by employees {
  < 30       add -10
  30 to 500  add 30
  unknown    add -5
  otherwise  add 5
}
by plan {
  "pro", "Entreprise"  add 40
  otherwise            add 0
}
