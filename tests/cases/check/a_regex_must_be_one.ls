when title matches "a(b" add 1
when title matches "(a{1000}){1000}" add 1
when title matches "" add 1
when title matches "^(dr|pr)\.? " add 1
