field size: number
field bounced: boolean
event visit

score fit {
  when size > 10 add 50
  when bounced add 30
}
score risk {
  when bounced add 40
  when size > 1000 add -20
}
score = fit - risk

good >= 50
