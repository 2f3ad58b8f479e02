timezone "Europe/Paris"
field title: text
field employees: number
field revenue: number
field branches: number
field growth: number
field signup: date
field birthday: date
field created: date
when title is known add 1
when employees + revenue + branches + growth > 10 add 2
when years since birthday > 18 or signup < 2026-01-01 or created > 2025-01-01 add 3
---
[contacts]
table = 'crm."All Contacts"'
id = "Record ID"
fields = { title = "Job Title", created = "Create Date" }
missing = ["Select", "N/A"]
types = { employees = "integer", revenue = "decimal", "Create Date" = "timestamptz" }
dates = { birthday = "utc" }
