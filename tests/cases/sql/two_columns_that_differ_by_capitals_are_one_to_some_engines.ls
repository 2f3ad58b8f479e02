score fit {
  when employees > 10 add 60
}
score Fit {
  when employees > 20 add 60
}
