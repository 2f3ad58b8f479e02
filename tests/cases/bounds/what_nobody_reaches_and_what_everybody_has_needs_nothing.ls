field size: number

when size > 10 add 50
when size is unknown add 20

unreachable >= 60
large >= 50
everybody >= 0
