when contains_title contains "cto" add 5
