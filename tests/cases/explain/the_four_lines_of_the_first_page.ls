when event download_whitepaper add 10
when title contains "stagiaire" add -20
decay 5 per month
hot >= 150
---
as of 2026-11-01
{"id": "one", "title": "Stagiaire", "events": [{"event": "download_whitepaper", "at": "2026-10-15"}]}
