list mixed = "a", 1, "b", 2026-01-01
when title in mixed add 1
