"""CEL (cel-python): one expression a rule, evaluated for each contact of contacts.jsonl.

Usage: cel_python.py DATA jsonl OUT.csv [LIMIT]

CEL has neither `min` nor a calendar: limits, clamps and decay are the host's, as are the folding of texts, the days as
numbers, and leaving out what is null (so that `has` tells it). Prints the seconds that scoring alone took.
"""

import csv
import json
import sys
import time
from datetime import date

import celpy
from celpy.adapter import json_to_cel
from plain_python import PASSIVE, REWARDED, fold


def day(text):
    """The day of a time as a number."""
    return date.fromisoformat(text[:10]).toordinal()


MONTH, QUARTER, WEEK, END = (day(text) for text in ("2026-10-02", "2026-08-03", "2026-10-24", "2026-11-01"))


def holds(*words):
    """The title holds one of the words."""
    return " || ".join(f"job.contains('{word}')" for word in words)


def picked(name, also=""):
    """The number of events of a name for which a condition holds too."""
    return f"size(events.filter(e, e.event == '{name}'{also}))"


def days(names):
    """The days of the events with these names."""
    return f"events.filter(e, e.event in {sorted(names)}).map(e, e.at)"


PROFILE = [
    (holds("directeur", "directrice", "director", "head of"), 20),
    (holds("ressources humaines", "human resources", "drh"), 15),
    (holds("pdg", "ceo", "president"), 15),
    (holds("stagiaire", "alternant", "apprenti"), -20),
    (holds("etudiant", "student"), -30),
    ("!has(contact.title)", -5),
    ("has(contact.employees) && contact.employees >= 50 && contact.employees <= 249", 10),
    ("has(contact.employees) && contact.employees >= 250 && contact.employees <= 4999", 20),
    ("has(contact.employees) && contact.employees >= 5000", 15),
    ("!has(contact.employees)", -5),
    ("contact.industry in ['pharma', 'banque', 'assurance', 'industrie']", 15),
    ("contact.country == 'fr'", 10),
    ("has(contact.budget) && contact.budget >= 50000.0", 20),
    ("has(contact.subsidiaries_abroad) && contact.subsidiaries_abroad", 10),
    ("contact.domain in ['gmail.com', 'yahoo.fr', 'hotmail.com', 'orange.fr']", -10),
]
# An expression for a number of events, how many count at most, and the points of each.
EVENTS = [
    (picked("visit_page"), 20, 1),
    (picked("visit_page", " && has(e.url) && e.url.contains('/pricing')"), 5, 5),
    (picked("visit_page", f" && e.at >= {MONTH} && has(e.url) && e.url.startsWith('/produits/')"), 5, 2),
    (picked("visit_page", " && has(e.duration_s) && e.duration_s >= 120"), 5, 2),
    (picked("open_email"), 10, 1),
    (picked("click_email"), 5, 3),
    (picked("click_email", f" && e.at >= {MONTH}"), 1, 5),
    (picked("open_newsletter"), 8, 1),
    (picked("click_newsletter"), 5, 2),
    (picked("download_whitepaper"), 3, 10),
    (picked("download_whitepaper", f" && e.at >= {QUARTER}"), 1, 5),
    (picked("use_simulator"), 3, 8),
    (picked("use_simulator", " && has(e.value) && e.value >= 50000.0"), 1, 10),
    (picked("attend_webinar"), 3, 10),
    (picked("attend_webinar", " && has(e.duration_s) && e.duration_s >= 1800"), 1, 5),
    (picked("request_demo"), 1, 40),
    (picked("request_demo", f" && e.at >= {MONTH}"), 1, 20),
    (picked("unsubscribe"), 1, -40),
]
TESTS = [
    (picked("visit_careers") + " >= 3", -25),
    (picked("visit_page", f" && e.at >= {MONTH}") + " >= 5", 15),
    # The rate, rounded to four places, is at least 40 %.
    (f"{picked('send_email')} >= 5 && 20000 * {picked('open_email')} >= 7999 * {picked('send_email')}", 15),
    (f"events.exists(e, !(e.event in {sorted(PASSIVE)}) && e.at >= {WEEK})", 10),
]


class Model:
    """The expressions, compiled."""

    def __init__(self):
        environment = celpy.Environment()

        def compiled(expression):
            return environment.program(environment.compile(expression))

        self.profile = [(compiled(expression), number) for expression, number in PROFILE]
        self.events = [(compiled(expression), most, each) for expression, most, each in EVENTS]
        self.tests = [(compiled(expression), number) for expression, number in TESTS]
        self.active = compiled(days(REWARDED))

    def score(self, values):
        """The score and the band of a contact."""
        fit = sum(number for program, number in self.profile if program.evaluate(values))
        points = sum(min(int(program.evaluate(values)), most) * each for program, most, each in self.events)
        points += sum(number for program, number in self.tests if program.evaluate(values))
        active = [int(at) for at in self.active.evaluate(values)]
        if active and points > 0:
            # As of the 31st, the full months since a day are the difference of the months.
            newest = date.fromordinal(max(active))
            points = max(0, points - 5 * (12 * (2026 - newest.year) + 10 - newest.month))
        total = min(fit, 100) + min(points, 150)
        return total, "hot" if total >= 150 else "warm" if total >= 60 else "cold"


def prepared(contact):
    """The contact as the expressions read it."""
    events = [dict(event, at=day(event["at"])) for event in contact.pop("events")]
    for event in events:
        if "url" in event:
            event["url"] = fold(event["url"])
        if "value" in event:
            event["value"] = float(event["value"])
    contact["domain"] = fold(contact["email"].rpartition("@")[2])
    for name in ("title", "industry", "country"):
        contact[name] = contact[name] and fold(contact[name])
    if contact["budget"] is not None:
        contact["budget"] = float(contact["budget"])
    return {
        "contact": json_to_cel({name: value for name, value in contact.items() if value is not None}),
        "job": json_to_cel(contact["title"] or ""),
        "events": json_to_cel([event for event in events if event["at"] < END]),
    }


def main():
    data, _, out = sys.argv[1:4]
    limit = int(sys.argv[4]) if len(sys.argv) > 4 else None
    model, seconds = Model(), 0.0
    with open(f"{data}/contacts.jsonl", encoding="utf-8") as lines, open(out, "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["contact_id", "score", "band"])
        for at, line in enumerate(lines):
            if at == limit:
                break
            contact = json.loads(line)
            values = prepared(contact)
            start = time.perf_counter()
            result = model.score(values)
            seconds += time.perf_counter() - start
            rows.writerow((contact["id"], *result))
    print(f"seconds {seconds}")


if __name__ == "__main__":
    main()
