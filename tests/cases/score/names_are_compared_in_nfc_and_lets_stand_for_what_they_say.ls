let rate = count(event open within 90 days) / count(event `envoyé` within 90 days)
let good = rate >= 0.5
let better = good and rate > 0.5
when good add 1
when better add 10
when rate is unknown add 100
---
as of 2026-11-01
{"id": "half: 1", "events": [{"event": "envoye\u0301", "at": "2026-10-01"}, {"event": "envoyé", "at": "2026-10-01"}, {"event": "open", "at": "2026-10-01"}]}
{"id": "all: 11", "events": [{"event": "envoyé", "at": "2026-10-01"}, {"event": "open", "at": "2026-10-01"}]}
{"id": "none sent: 100", "events": [{"event": "open", "at": "2026-10-01"}]}
