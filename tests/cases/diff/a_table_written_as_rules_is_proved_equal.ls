by size {
  < 30       add -10
  30 to 500  add 30
  > 500      add 5
}
hot >= 30
---
when size < 30 add -10
when size between 30 and 500 add 30
when size > 500 add 5
hot >= 30
