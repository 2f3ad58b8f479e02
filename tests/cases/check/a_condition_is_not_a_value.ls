field title: text
field n: number
field day: date
field tags: list of text
classify stage {
  a when n = 1
}
when n add 1
when title and day add 1
when not tags add 1
when any of (n + 1, 3) add 1
promise stage
promise (n = 1) + 1 > 2
