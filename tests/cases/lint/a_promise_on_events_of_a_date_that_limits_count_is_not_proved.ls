# The days on which events can lie grow more from day to day: as of 2026-01-01 there are 732.
event x

exclude when first(event x) < 2024-01-01
when event x add 1 once per day

promise score <= 367
