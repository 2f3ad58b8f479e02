when title matches "^(chief|head)" add 40
hot >= 40
promise band != hot when title contains word "intern"
promise band != hot when title is unknown
