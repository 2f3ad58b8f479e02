field employees: number
field country: text
when employees > 500 and employees < 30 add 10
when employees >= 30 and not employees > 10 add 5
by country {
  "FR" add 5
  "DE" add 3
}
exclude when country = "FR" and country = "DE"
classify size {
  small when employees < 100
  tiny when employees < 10
  large when employees >= 100
}
