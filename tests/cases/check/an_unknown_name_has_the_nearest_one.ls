field title: text
field `Lead Source`: text
event visit(url: text)
event form
list competitors = "a"
score fit {
  when titel contains "x" add 1
  when `Lead Sorce` = "web" add 1
  when event vist add 1
  when event visit where ulr contains "x" add 1
  when event where nothing_like_it = "x" add 1
  when title in competitor add 1
  when cuont(event visit) > 1 add 1
  when entirely_else add 1
  A >= 1
}
hot >= 5
score = fitt * 2
classify stage {
  ready when band = hto
  last when fit.band in (A, Z)
}
on enter warm notify sales
on enter fit.band Q notify sales
on enter stag ready notify sales
