model "one"
model "two"
timezone "Europe/Paris"
timezone "UTC"
field title: text
field title: number
let title = employees > 1
field employees: number
event visit(url: text, url: number)
event visit(other: text)
list title = "a"
score title {
  when employees > 2 add 1
}
score employees = title * 2
classify visit {
  a when employees = 1
}
score min 1
score max 2
field kind: one of "a", "b", "A"
