"""Plain Python: one function a contact, over contacts.jsonl; it is the reference too.

Usage: plain_python.py DATA jsonl OUT.csv [LIMIT]

Prints the seconds that scoring alone took, apart from reading and writing.
"""

import csv
import itertools
import json
import sys
import time
import unicodedata
from functools import lru_cache

PASSIVE = {"send_email", "send_newsletter", "bounce_email"}
REWARDED = {
    "visit_page", "open_email", "click_email", "open_newsletter", "click_newsletter",
    "download_whitepaper", "use_simulator", "attend_webinar", "request_demo",
}  # fmt: skip
LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ς": "σ"})


@lru_cache(maxsize=1 << 16)
def fold(text):
    """A text as leadscore compares it: without case and accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in decomposed if not "\u0300" <= letter <= "\u036f")
    return unicodedata.normalize("NFC", bare).lower().translate(LETTERS)


def fit(contact):
    """The profile's points."""
    points, title, employees = 0, contact["title"], contact["employees"]
    if title is None:
        points -= 5
    else:
        title = fold(title)
        if "directeur" in title or "directrice" in title or "director" in title or "head of" in title:
            points += 20
        if "ressources humaines" in title or "human resources" in title or "drh" in title:
            points += 15
        if "pdg" in title or "ceo" in title or "president" in title:
            points += 15
        if "stagiaire" in title or "alternant" in title or "apprenti" in title:
            points -= 20
        if "etudiant" in title or "student" in title:
            points -= 30
    if employees is None:
        points -= 5
    elif employees >= 5000:
        points += 15
    elif employees >= 250:
        points += 20
    elif employees >= 50:
        points += 10
    if fold(contact["industry"]) in ("pharma", "banque", "assurance", "industrie"):
        points += 15
    if fold(contact["country"]) == "fr":
        points += 10
    if contact["budget"] is not None and contact["budget"] >= 50000:
        points += 20
    if contact["subsidiaries_abroad"]:
        points += 10
    if fold(contact["email"].rpartition("@")[2]) in ("gmail.com", "yahoo.fr", "hotmail.com", "orange.fr"):
        points -= 10
    return min(points, 100)


def engagement(events):
    """The events' points, less the decay."""
    visits = pricing = products = long_visits = recent_visits = 0
    opens = clicks = recent_clicks = newsletter_opens = newsletter_clicks = 0
    papers = recent_papers = simulations = large_simulations = webinars = long_webinars = 0
    demos = recent_demos = careers = unsubscribes = sends = 0
    last = active = ""
    for event in events:
        name, at = event["event"], event["at"]
        if at >= "2026-11-01":
            continue
        if at > last and name not in PASSIVE:
            last = at
        if at > active and name in REWARDED:
            active = at
        if name == "visit_page":
            visits += 1
            url = fold(event.get("url") or "")
            if "/pricing" in url:
                pricing += 1
            if at >= "2026-10-02":
                recent_visits += 1
                if url.startswith("/produits/"):
                    products += 1
            if (event.get("duration_s") or 0) >= 120:
                long_visits += 1
        elif name == "send_email":
            sends += 1
        elif name == "open_email":
            opens += 1
        elif name == "open_newsletter":
            newsletter_opens += 1
        elif name == "click_email":
            clicks += 1
            if at >= "2026-10-02":
                recent_clicks = 1
        elif name == "click_newsletter":
            newsletter_clicks += 1
        elif name == "visit_careers":
            careers += 1
        elif name == "download_whitepaper":
            papers += 1
            if at >= "2026-08-03":
                recent_papers = 1
        elif name == "use_simulator":
            simulations += 1
            if (event.get("value") or 0) >= 50000:
                large_simulations = 1
        elif name == "attend_webinar":
            webinars += 1
            if (event.get("duration_s") or 0) >= 1800:
                long_webinars = 1
        elif name == "request_demo":
            demos = 1
            if at >= "2026-10-02":
                recent_demos = 1
        elif name == "unsubscribe":
            unsubscribes = 1
    points = (
        min(visits, 20) + 5 * min(pricing, 5) + 2 * min(products, 5) + 2 * min(long_visits, 5)
        + min(opens, 10) + 3 * min(clicks, 5) + 5 * recent_clicks
        + min(newsletter_opens, 8) + 2 * min(newsletter_clicks, 5)
        + 10 * min(papers, 3) + 5 * recent_papers
        + 8 * min(simulations, 3) + 10 * large_simulations
        + 10 * min(webinars, 3) + 5 * long_webinars
        + 40 * demos + 20 * recent_demos
        - 25 * (careers >= 3) - 40 * unsubscribes + 15 * (recent_visits >= 5)
        # The rate, rounded to four places, is at least 40 %.
        + 15 * (sends >= 5 and 20000 * opens >= 7999 * sends)
        + 10 * (last >= "2026-10-24")
    )  # fmt: skip
    if active and points > 0:
        # As of the 31st, the full months since a day are the difference of the months.
        months = 12 * (2026 - int(active[:4])) + 10 - int(active[5:7])
        points = max(0, points - 5 * months)
    return min(points, 150)


def score(contact):
    """The score and the band of a contact with its events."""
    total = fit(contact) + engagement(contact["events"])
    return total, "hot" if total >= 150 else "warm" if total >= 60 else "cold"


def main():
    data, _, out = sys.argv[1:4]
    limit = int(sys.argv[4]) if len(sys.argv) > 4 else None
    seconds = 0.0
    with open(f"{data}/contacts.jsonl", encoding="utf-8") as lines, open(out, "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["contact_id", "score", "band"])
        while part := [json.loads(line) for line in itertools.islice(lines, min(limit or 10_000, 10_000))]:
            start = time.perf_counter()
            scores = [score(contact) for contact in part]
            seconds += time.perf_counter() - start
            rows.writerows((contact["id"], *result) for contact, result in zip(part, scores, strict=True))
            if limit is not None:
                limit -= len(part)
                if limit <= 0:
                    break
    print(f"seconds {seconds}")


if __name__ == "__main__":
    main()
