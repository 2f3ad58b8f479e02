field met: date
when weeks since met > months since met add 10
