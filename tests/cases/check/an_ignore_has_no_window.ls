ignore event click_email where agent contains "bot" within 30 days
when event click_email add 1
