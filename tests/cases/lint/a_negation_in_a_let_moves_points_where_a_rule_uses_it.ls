let abroad = country != "FR"
let named_by_a_class = region != "north"
when abroad add -10
classify where_from {
  elsewhere when named_by_a_class
  here otherwise
}
