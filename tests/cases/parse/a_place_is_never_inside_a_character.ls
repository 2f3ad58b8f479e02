when title contains "x" add 10
when employees ÷ 2 > 3 add 1
÷
