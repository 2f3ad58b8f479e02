# Who should sales call first?
#
#   leadscore check                     are these rules sound?
#   leadscore score                     who is hot?
#   leadscore explain --contact ada     why?
#   leadscore test                      do they still do what we agreed?

model "Our leads"
timezone "UTC"

field title: text
field employees: number
field country: text

event visit_page(url: text)
event download_guide
event request_demo
event unsubscribe

# What a contact is.
score fit max 60 {
  when title contains any of ("director", "head of", "manager")
    add 25 because "decides, or advises who decides"
  when title contains word "intern" add -20 because "is not going to buy"
  by employees {
    < 10       add 0
    10 to 500  add 30 because "our market"
    otherwise  add 10
  }
  when country in ("FR", "BE", "CH") add 5 because "we speak their language"
}

# What a contact does. Interest that is not renewed cools down.
score engagement max 100 {
  when event request_demo add 50 once because "wants to talk"
  when event download_guide add 15 at most 2 times
  when event visit_page where url contains "/pricing" within 30 days
    add 10 once per day at most 3 times because "looks at prices"
  decay 10 per month
}

hot >= 100
warm >= 50
cold otherwise

exclude when any event unsubscribe because "asked not to be contacted"
