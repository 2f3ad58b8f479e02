score fit max 100 {
  when title contains word "DRH" add 40 because "signs"
  when employees > 500 add 10
}
score engagement {
  when event download_whitepaper add 10 at most 3 times
  when any event request_demo add 20
  decay 5 per month
}
hot >= 60
cold otherwise
exclude when unsubscribed
---
score fit max 80 {
  when title contains word "DRH" add 50 because "signs the contract"
  when employees > 500 add 10
}
score engagement {
  when any event request_demo add 20
  when event download_whitepaper add 10 at most 5 times
  decay 10 per month
}
hot >= 70
warm >= 50
cold otherwise
exclude when unsubscribed
exclude when email ends with "@acme.com" because "ourselves"
---
as of 2026-11-01
{"id": "ann", "title": "DRH", "employees": 900, "events": [{"event": "download_whitepaper", "at": "2026-10-30"}]}
{"id": "bob", "title": "Clerk", "events": [{"event": "request_demo", "at": "2026-09-30"}, {"event": "download_whitepaper", "at": "2026-09-01"}, {"event": "download_whitepaper", "at": "2026-09-02"}, {"event": "download_whitepaper", "at": "2026-09-03"}, {"event": "download_whitepaper", "at": "2026-09-04"}]}
{"id": "cid", "title": "DRH", "email": "cid@acme.com"}
{"id": "dee", "title": "DRH", "unsubscribed": true}
{"id": "eve", "title": "Assistante DRH", "events": [{"event": "request_demo", "at": "2026-10-30"}]}
