let a = b or x
let b = c
let c = a and y
let outside = a
let itself = not itself
score one = two
score two = three + 1
score three = one
classify stage {
  ready when via
}
let via = stage = ready
when outside add 1
