field country: text
field employees: number
field opted_in: boolean
event visit_page(url: text, duration: number)
event order passive

ignore event visit_page where duration < 1

let large = employees >= 500

exclude when country in ("KP", "XX")

when large and opted_in add 10
when employees between 30 and 500 and country != "FR" add 20
when any event visit_page where (url contains "/tarifs" and not duration > 600) within 90 days add 5
when exactly 2 events order add 5
when at least 2 of (opted_in, large, country is known) add 1

hot >= 20
cold otherwise

classify size {
  big    when band = hot or large
  small  when years since first(event order) = 1
}

test "the conditions of an exclusion are seen of the excluded" {
  given country = "KP", employees = 10
  expect excluded
}

test "on one side of nearly everything" {
  given country = "IT", employees = 100
  given event visit_page(url = "/tarifs", duration = 30) 10 days ago
  given 2 events order on 2024-01-01
  expect score = 30
  expect size = big
}
