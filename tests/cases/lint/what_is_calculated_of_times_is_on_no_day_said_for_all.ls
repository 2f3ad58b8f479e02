# As of 2024-01-16 the first rule applies to everybody, and as of 2025-02-01 the second one to some.
event x

when days since 2024-01-01 - 10 between 5 and 6 add 10
when days since last(event x within 2 months) + 5 > 65 add 20
when days since 2024-01-01 > weeks since 2020-01-01 add 40

promise score < 70
