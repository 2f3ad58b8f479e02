event click(agent: text)
event bounce
event visit
ignore event click where agent contains "bot" because "link scanners"
ignore event bounce
when event click add 1
when no event click add 10
when event add 100
when last(event) = 2026-10-01 add 1_000
when any event bounce add 10_000
---
as of 2026-11-01
{"id": "a person: 1101", "events": [{"event": "click", "at": "2026-10-01", "agent": "Firefox"}]}
{"id": "a scanner: 10", "events": [{"event": "click", "at": "2026-10-01", "agent": "SafeBot"}]}
{"id": "a scanner after a visit: 1110", "events": [{"event": "visit", "at": "2026-10-01"}, {"event": "click", "at": "2026-10-02", "agent": "bot"}]}
{"id": "an unknown agent: 1101", "events": [{"event": "click", "at": "2026-10-01"}]}
{"id": "a bounce: 10", "events": [{"event": "bounce", "at": "2026-10-01"}]}
