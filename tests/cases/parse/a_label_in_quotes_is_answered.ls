when size >= 50 add 10
"hot" >= 10
"very hot" >= 20
"cold" otherwise
"A" add 3
classify stage {
  "ready to buy" when size >= 50
  "other" otherwise
}
on enter "very hot" notify sales do "call"
