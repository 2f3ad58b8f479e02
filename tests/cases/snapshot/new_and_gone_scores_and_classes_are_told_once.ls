score fit {
  when title contains word "director" add 40
}
score old {
  when title is known add 0.5
}
classify stage {
  known when title is known
}
---
as of 2026-11-01
{"id": "ann", "title": "Director"}
{"id": "bob"}
--- now
score fit {
  when title contains word "director" add 40
}
score new {
  when title is known and title != "x" add 0.5
}
classify phase {
  known when title is known
}
---
as of 2026-11-01
{"id": "ann", "title": "Director"}
{"id": "bob"}
