when title matches "^(chief|head)" add 40
when title contains "chief" add -40
hot >= 40
promise band != hot when title contains "chief"
