when title contains word "stagiaire" add -20
when event download_whitepaper add 10 every time
hot >= 150
cold otherwise
promise band != hot when title contains word "stagiaire"
promise score >= -20
