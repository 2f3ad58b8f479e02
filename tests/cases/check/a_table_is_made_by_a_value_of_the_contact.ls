field day: date
by day {
  otherwise add 1
}
by stage {
  otherwise add 1
}
classify stage {
  a when day is known
}
