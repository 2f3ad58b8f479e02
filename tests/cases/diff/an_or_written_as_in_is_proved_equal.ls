when country = "FR" or country = "BE" add 10
exclude when email = "a" or email = "b"
hot >= 10
---
when country in ("FR", "BE") add 10
exclude when email in ("a", "b")
hot >= 10
