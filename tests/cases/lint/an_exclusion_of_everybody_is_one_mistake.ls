exclude when true because "closed"
when size > 5 add 5
hot >= 3
warm >= 2
cold otherwise
