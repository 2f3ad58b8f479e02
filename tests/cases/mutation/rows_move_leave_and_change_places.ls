field employees: number
field title: text
field interests: list of text

by employees {
  < 30       add -10
  30 to 500  add 30
  > 100      add 5
  unknown    add 0
}
by title {
  "DRH", "HR director"  add 40
  "drh"                 add 20
  otherwise             add 1
}
by interests {
  "content"  add 5
  "events"   add 10
}
by years since last(event) {
  > 1  add -5
}
