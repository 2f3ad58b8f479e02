when country != "FR" or country != "DE" add 10
when true add 5
classify size {
  told when employees is known or employees is unknown
  rest otherwise
}
