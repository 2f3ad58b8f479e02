wehn event open_email add 10
when title contains "ceo" ad 20
when employees > 50 add
fild title: text
hot > 150
when title == "x" && country = "FR" add 10 points
by industry {
  "a" add 10
  "b" 20
  services add 5
  "c" add 2,5
}
score fit maximum 100 {
  when email is not null add 5
  when add 3
}
let score = 5
decay 5 a month
when any event open_email add 10 once per da
