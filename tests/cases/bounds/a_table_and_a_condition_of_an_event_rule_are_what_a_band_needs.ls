field employees: number
field country: text
event demo

by employees {
  < 10       add -10
  10 to 100  add 10
  > 100      add 20
  unknown    add 5
}
when event demo and country = "FR" add 20 at most 2 times

hot >= 55
warm >= 20
