field title: text
field employees number
score engagement max {
  when event visit add 1
}
list free_mail of "gmail.com"
when employees > 50 and domain(title) in free_mail add 1
promise engagement > 5 and title2 = "x"
