event x

exclude when days since first(event x) > days since 2024-01-01
when event x add 1 once per day

promise score <= 367
