// a comment
/* another
   one */
When title == 'ceo' && !(country <> “FR”) then add 10 points;
when employees ≥ 50 000 AND revenue => 2,5 add +10
when a is null OR b is not empty: add 5
when name includes « Jean » => 3
when growth > 30 % add –2
when c is not "x" || d equals 3 += 4
when title contains any of ("a", "b",) add 1
hot => 150
when a = 1 add 2 else add 3
when text = "bad \q escape" add 2.33333
when created > 2026-02-30 add 10%
when any event x within 0 days add 1 when b = 2 add 2
when event x or a = 1 add 5
