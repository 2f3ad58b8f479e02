when size > 5 add 5
hot >= 0
