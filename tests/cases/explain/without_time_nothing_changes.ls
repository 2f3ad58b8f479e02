when title contains word "DRH" add 40
by employees {
  30 to 500 add 30
  otherwise add 0
}
hot >= 60
---
as of 2026-11-01
{"id": "almost", "title": "DRH", "employees": 12}
