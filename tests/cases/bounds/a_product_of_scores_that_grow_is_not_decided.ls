event visit
event leave

score visits {
  when event visit add 10
}
score leaving {
  when event leave add 1
}
score = visits * leaving
