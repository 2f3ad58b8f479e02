"""GoRules Zen: one decision, evaluated for each contact of contacts.jsonl.

Usage: zen_rules.py DATA jsonl OUT.csv [LIMIT]

The host folds the texts and turns each day into a number, milliseconds since 1970; all else is in the decision.
Prints the seconds that the decision alone took.
"""

import csv
import json
import sys
import time
from datetime import UTC, datetime

import zen
from plain_python import fold


def day(text):
    """The day of a time, in milliseconds."""
    return int(datetime.fromisoformat(text[:10]).replace(tzinfo=UTC).timestamp() * 1000)


MONTH, QUARTER, WEEK, END = (day(text) for text in ("2026-10-02", "2026-08-03", "2026-10-24", "2026-11-01"))


def picked(name, also=""):
    """The number of events of a name for which a condition holds too."""
    return f"len(filter($.counted, #.event == '{name}'{also}))"


def points(condition, number):
    """So many points where the condition holds."""
    return f"({condition} ? {number} : 0)"


def holds(*words):
    """The title holds one of the words."""
    return "(" + " or ".join(f"contains($.job, '{word}')" for word in words) + ")"


def times(count, most, each):
    """Points for each event, up to so many."""
    return f"min([$.{count}, {most}]) * {each}"


EXPRESSIONS = {
    "job": "title == null ? '' : title",
    "fit": "min([100, " + " + ".join([
        points(holds("directeur", "directrice", "director", "head of"), 20),
        points(holds("ressources humaines", "human resources", "drh"), 15),
        points(holds("pdg", "ceo", "president"), 15),
        points(holds("stagiaire", "alternant", "apprenti"), -20),
        points(holds("etudiant", "student"), -30),
        points("title == null", -5),
        "(employees == null ? -5 : employees >= 5000 ? 15 : employees >= 250 ? 20 : employees >= 50 ? 10 : 0)",
        points("industry in ['pharma', 'banque', 'assurance', 'industrie']", 15),
        points("country == 'fr'", 10),
        points("budget != null and budget >= 50000", 20),
        points("subsidiaries_abroad == true", 10),
        points("domain in ['gmail.com', 'yahoo.fr', 'hotmail.com', 'orange.fr']", -10),
    ]) + "])",
    "counted": f"filter(events, #.at < {END})",
    "seen": "filter($.counted, #.event == 'visit_page')",
    "visits": "len($.seen)",
    "pricing": "len(filter($.seen, #.url != null and contains(#.url, '/pricing')))",
    "products": f"len(filter($.seen, #.at >= {MONTH} and #.url != null and startsWith(#.url, '/produits/')))",
    "long_visits": "len(filter($.seen, #.duration_s != null and #.duration_s >= 120))",
    "recent_visits": f"len(filter($.seen, #.at >= {MONTH}))",
    "opens": picked("open_email"),
    "clicks": picked("click_email"),
    "recent_clicks": picked("click_email", f" and #.at >= {MONTH}"),
    "newsletter_opens": picked("open_newsletter"),
    "newsletter_clicks": picked("click_newsletter"),
    "papers": picked("download_whitepaper"),
    "recent_papers": picked("download_whitepaper", f" and #.at >= {QUARTER}"),
    "simulations": picked("use_simulator"),
    "large_simulations": picked("use_simulator", " and #.value != null and #.value >= 50000"),
    "webinars": picked("attend_webinar"),
    "long_webinars": picked("attend_webinar", " and #.duration_s != null and #.duration_s >= 1800"),
    "demos": picked("request_demo"),
    "recent_demos": picked("request_demo", f" and #.at >= {MONTH}"),
    "careers": picked("visit_careers"),
    "unsubscribes": picked("unsubscribe"),
    "sends": picked("send_email"),
    "acts": "map(filter($.counted, not (#.event in ['send_email', 'send_newsletter', 'bounce_email'])), #.at)",
    "last": "len($.acts) > 0 ? max($.acts) : 0",
    "rewarded": "map(filter($.counted, #.event in ['visit_page', 'open_email', 'click_email', 'open_newsletter', "
    "'click_newsletter', 'download_whitepaper', 'use_simulator', 'attend_webinar', 'request_demo']), #.at)",
    "active": "len($.rewarded) > 0 ? max($.rewarded) : 0",
    # The rate, rounded to four places, is at least 40 %.
    "points": " + ".join([
        times("visits", 20, 1), times("pricing", 5, 5), times("products", 5, 2), times("long_visits", 5, 2),
        times("opens", 10, 1), times("clicks", 5, 3), times("recent_clicks", 1, 5),
        times("newsletter_opens", 8, 1), times("newsletter_clicks", 5, 2),
        times("papers", 3, 10), times("recent_papers", 1, 5),
        times("simulations", 3, 8), times("large_simulations", 1, 10),
        times("webinars", 3, 10), times("long_webinars", 1, 5),
        times("demos", 1, 40), times("recent_demos", 1, 20),
        points("$.careers >= 3", -25), times("unsubscribes", 1, -40), points("$.recent_visits >= 5", 15),
        points("$.sends >= 5 and $.opens * 20000 >= $.sends * 7999", 15), points(f"$.last >= {WEEK}", 10),
    ]),
    "decay": "$.active == 0 ? 0 : min([5 * d('2026-10-31').diff(d($.active), 'month'), max([$.points, 0])])",
    "score": "$.fit + min([$.points - $.decay, 150])",
    "band": "$.score >= 150 ? 'hot' : $.score >= 60 ? 'warm' : 'cold'",
}  # fmt: skip


def decision():
    """The graph of the decision: what comes in, the expressions, what goes out."""
    rows = [{"id": name, "key": name, "value": value} for name, value in EXPRESSIONS.items()]
    nodes = [
        ("in", "inputNode", {}),
        ("model", "expressionNode", {"content": {"passThrough": False, "expressions": rows}}),
    ]
    nodes.append(("out", "outputNode", {}))
    edges = [("in", "model"), ("model", "out")]
    return {
        "nodes": [
            {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, **more} for name, kind, more in nodes
        ],
        "edges": [{"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b} for a, b in edges],
    }


def prepared(contact):
    """The contact as the decision reads it."""
    contact["domain"] = fold(contact["email"].rpartition("@")[2])
    for name in ("title", "industry", "country"):
        contact[name] = contact[name] and fold(contact[name])
    for event in contact["events"]:
        event["at"] = day(event["at"])
        if "url" in event:
            event["url"] = fold(event["url"])
    return contact


def main():
    data, _, out = sys.argv[1:4]
    limit = int(sys.argv[4]) if len(sys.argv) > 4 else None
    model = zen.ZenEngine().create_decision(json.dumps(decision()))
    seconds = 0.0
    with open(f"{data}/contacts.jsonl", encoding="utf-8") as lines, open(out, "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["contact_id", "score", "band"])
        for at, line in enumerate(lines):
            if at == limit:
                break
            contact = prepared(json.loads(line))
            start = time.perf_counter()
            result = model.evaluate(contact)["result"]
            seconds += time.perf_counter() - start
            rows.writerow((contact["id"], int(result["score"]), result["band"]))
    print(f"seconds {seconds}")


if __name__ == "__main__":
    main()
