field interests: list of text
when interests contains "content" add 1
when interests contains any of ("crm", "e-mail; sms") add 2
when interests is known add 3
