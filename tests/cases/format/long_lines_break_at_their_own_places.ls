let ideal = at least 4 of (title contains word "marketing", employees >= 50, industry = "services", interests contains "content", years since created >= 5)
when title contains word "marketing" and employees >= 50 and industry = "services" and interests contains "content" add 10 because "fits"
when title contains any of ("marketing", "communication", "brand", "acquisition", "growth", "crm", "digital") and (employees >= 50 or industry = "services" or interests contains "content" or years since created >= 5) add 10 because "a long reason that goes on and on, and then some more, because nobody stopped it in time"
list competitors = "acme.com", "globex.fr", "initech.example", "umbrella.example", "hooli.example", "piedpiper.example"
promise at least 1 of (score >= 100, score <= 10, fit >= 100, engagement >= 100, score between 20 and 30, priority >= 10)
test "long" {
  expect at least 1 of (fit >= 100, fit <= 10, fit >= 100, engagement >= 100, engagement between 20 and 30, priority >= 10)
  given title = "Directrice générale adjointe en charge du marketing", employees = 1_200, industry = "services"
}
