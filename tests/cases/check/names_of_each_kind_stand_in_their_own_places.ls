field title: text
list names = "a", "b"
score fit {
  when title = "x" add 1
}
score total = fit
classify stage {
  ready when fit > 1
}
let rich = title = "y"
when names = "a" add 1
when title in title add 1
when title contains any of rich add 1
exclude when fit.band = A
promise total.band = A
promise stage.band = A
on enter fit ready notify sales
on enter total.band A notify sales
on enter rich ready notify sales
test "t" {
  given rich = true
  expect title = "x"
}
