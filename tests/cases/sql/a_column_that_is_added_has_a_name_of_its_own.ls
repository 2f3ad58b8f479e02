score fit {
  when employees > 10 add 60
}
classify reasons {
  large when employees > 1000
  small otherwise
}
---
reasons
