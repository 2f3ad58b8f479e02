score fit max 50 {
  when title contains "a" add 40
  when title contains "b" add 20
}
score engagement {
  when event visit add 10 fading over 100 days
}
score max 60 = fit + engagement
hot >= 40
---
score fit max 50 {
  when title contains "a" add 30
  when title contains "b" add 20
}
score engagement {
  when event visit add 20 fading over 100 days
}
score max 60 = 0.5 * fit + engagement
hot >= 40
---
as of 2026-11-01
{"id": "ann", "title": "ab", "events": [{"event": "visit", "at": "2026-10-31"}, {"event": "visit", "at": "2026-10-01"}]}
{"id": "bob", "title": "b", "events": [{"event": "visit", "at": "2026-10-31"}, {"event": "visit", "at": "2026-10-01"}, {"event": "visit", "at": "2026-10-30"}]}
