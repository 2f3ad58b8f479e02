let prices = any event visit where url contains "/tarifs" within 30 days
score fit {
  when title contains "DRH" add 40
  when title contains "drh" and employees >= 50 add 10
  by country {
    "FR"       add 20
    otherwise  add 0
  }
}
score engagement min 0 max 150 {
  when prices add 5
  when event visit where url contains "/TARIFS" within 30 days add 2 at most 4 times
  when event visit add 1 once per day fading over 90 days
  when event call add 10 fading 10% per month
  decay 5 per month
}
ignore event click where agent contains "bot"
exclude when any event unsubscribe
hot >= 100
cold otherwise
