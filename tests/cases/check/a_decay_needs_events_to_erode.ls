score fit {
  when title = "x" add 1
  decay 5 per month
}
score engagement {
  when any event visit add 1
  decay 5 per month
}
score by_let {
  by visits {
    otherwise add 1
  }
  decay 5 per month
}
let visits = count(event visit)
decay 5 per month
