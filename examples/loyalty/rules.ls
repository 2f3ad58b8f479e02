model "Laboratory supplies: customers and prospects"
timezone "Europe/Paris"

field country: text
field industry: one of "laboratory", "hospital", "school", "food"
field employees: number
field title: text

event open_email
event visit_page(url: text)
event order(amount: number)
event call_support
event send_email passive

let open_rate = count(event open_email within 12 months) / count(event send_email within 12 months)
let actions = count(event within 12 months)
let spent = sum(amount of event order within 12 months)
let is_customer = spent > 0

# Who they are, from 0 to 100.
score profile min 0 max 100 {
  by industry {
    "laboratory"  add 50
    "hospital"    add 40
    "school"      add 10
    "food"        add -20 because "the wrong industry"
  }
  by employees {
    < 10   add 10
    < 50   add 30
    >= 50  add 50
  }
  when title contains word any of ("acheteur", "acheteuse", "achats", "directeur", "directrice")
    add 20 because "decides on purchases"
  when country is known and country != "FR" add -30 because "we don't deliver abroad"
}

# What they do.
score maturity {
  when event visit_page where url starts with "/produits/"
    add 1 at most 30 times because "a point for each visit to a product"
  by open_rate {
    >= 0.5  add 20 because "opens every second e-mail or more"
    >= 0.2  add 10
  }
  by actions {
    >= 20  add 30
    >= 10  add 20
    >= 5   add 10
  }
  A >= 60
  B >= 40
  C >= 20
  D otherwise
}

score = 0.7 * profile + 0.3 * maturity

classify colour {
  green   when maturity.band = A
  orange  when maturity.band in (B, C)
  red     otherwise
}

# A customer has a value, a prospect a quality.
classify value {
  platinum  when spent >= 50_000
  gold      when spent >= 10_000
  silver    when spent >= 2_000
  bronze    when is_customer
}

classify quality {
  excellent  when not is_customer and profile >= 80
  good       when not is_customer and profile >= 50
  average    when not is_customer
}

promise profile between 0 and 100
promise quality is unknown when is_customer
