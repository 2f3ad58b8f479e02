when title contains "\d" add 1
when title contains "\u{110000}" add 2
