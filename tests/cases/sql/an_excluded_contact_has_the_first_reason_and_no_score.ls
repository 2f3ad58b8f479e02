when employees > 10 add 60
hot >= 60
exclude when any event unsubscribe because "asked not to be 'contacted'"
exclude when employees < 2
classify size {
  large  when employees > 100
}
