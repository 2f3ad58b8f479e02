when title = "CEO" add 10
hot > 100
warm: 50
cool 10
cold < 10
decya 5 per month
