timezone "Europe/Pariss"
