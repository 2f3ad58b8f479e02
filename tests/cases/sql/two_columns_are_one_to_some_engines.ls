score fit {
  when employees > 10 add 60
}
score Fit {
  when employees > 20 add 60
}
score счёт_людей_которые_принимают_решения_здесь {
  when employees > 30 add 60
}
score счёт_людей_которые_принимают_решения_там {
  when employees > 40 add 60
}
