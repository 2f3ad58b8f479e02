score fit {
  when title = "x" add 1
}
promise band = hot
promise fit.band = A
on enter hot notify sales
on enter fit.band A notify sales
