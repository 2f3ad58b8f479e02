when optin = TRUE add 5
when optin != False add 5
when title != null and phone = NULL add 5
when `null` = 1 and `TRUE` add 5
