field employees: number
field branches: number
field paused: boolean
when employees between 50 and 500 add 1
when employees != 10 add 2
when employees + branches >= 2.5 add 3
when employees * branches < 1_000 add 4
when not paused add 5
when at least 2 of (employees > 1, branches > 1, paused) add 6
