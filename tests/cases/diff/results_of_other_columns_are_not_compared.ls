score fit {
  when size > 5 add 10
}
---
score fit {
  when size > 5 add 10
}
score risk {
  when size > 500 add -10
}
