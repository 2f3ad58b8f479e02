when created > 01/11/2026 add 5
when created < 2026/11/1 add 5
when size = 12/2/3 add 5
