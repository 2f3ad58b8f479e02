when employees > 10 add 60
