score fit {
  field title: text
  let a = b
  when x add 1
  exclude when y
  promise z
  list names = "a"
  A >= 1
}
