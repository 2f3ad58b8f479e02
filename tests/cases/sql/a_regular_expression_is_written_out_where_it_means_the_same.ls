when title matches "^(?:vp|head) of \d+" add 1
when title matches "\bcto\b" add 2
