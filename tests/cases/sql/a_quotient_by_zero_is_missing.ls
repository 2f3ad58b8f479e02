field employees: number
let open_rate = count(event open_email) / count(event send_email)
when open_rate >= 0.5 add 1
when employees / 3 > 0.3333 add 2
