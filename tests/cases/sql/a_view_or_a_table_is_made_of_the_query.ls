when employees > 10 add 60
---
create view marts.lead_scores
