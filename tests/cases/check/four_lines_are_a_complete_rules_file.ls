when event download_whitepaper add 10
when title contains "stagiaire" add -20
decay 5 per month
hot >= 150
