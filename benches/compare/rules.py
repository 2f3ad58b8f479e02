#!/usr/bin/env python3
"""Writes as many rules as asked for, all different, as a rules file and as one query with the same result.

Six rules in ten read events, over all kinds of event, with filters, windows and limits; the others read the profile.
The query is as one writes it by hand: a `count(*) FILTER` for each rule over events, a `CASE` for each of the others.
"""

import argparse
import calendar
import random
from datetime import date, timedelta
from pathlib import Path

AS_OF = date(2026, 10, 31)
BANDS = {"hot": 150, "warm": 60}
OWN = [
    "visit_page", "open_email", "open_newsletter", "click_email", "click_newsletter", "view_video", "visit_careers",
    "download_whitepaper", "use_simulator", "view_case_study", "search_site", "chat_message", "click_ad",
    "social_follow", "social_share", "register_webinar", "attend_webinar", "form_submit", "download_brochure",
    "request_callback", "request_demo", "unsubscribe",
]  # fmt: skip
PASSIVE = ["send_email", "send_newsletter", "bounce_email"]
PROPERTIES = {
    "visit_page": "url: text, duration_s: number",
    "visit_careers": "url: text",
    "view_video": "duration_s: number",
    "attend_webinar": "duration_s: number",
    "use_simulator": "value: number",
    "form_submit": "value: number",
}
FIELDS = {
    "email": "text", "title": "text", "employees": "number", "industry": "text", "country": "text",
    "budget": "number", "subsidiaries_abroad": "boolean",
}  # fmt: skip
WORDS = [
    "directeur", "directrice", "director", "head of", "responsable", "chef", "cheffe", "charge", "vice", "stagiaire",
    "alternant", "apprenti", "etudiant", "student", "drh", "ressources humaines", "human resources", "marketing",
    "sales", "commercial", "formation", "recrutement", "digital", "produit", "communication", "ecole", "president",
    "pdg", "ceo", "cfo", "gerant", "achat", "comptable", "gestion", "developp", "ingenieur", "consultant", "people",
    "software", "office", "manager", "france", "europe", "benelux", "quebec", "export", "pme", "grands comptes",
    "region", "dach",
]  # fmt: skip
PARTS = [
    "/pricing",
    "/produits/",
    "/secteurs/",
    "/cas-clients/",
    "/ressources/",
    "/blog/",
    "/carrieres",
    "/demo",
    "/contact",
]
INDUSTRIES = [
    "Industrie", "Banque", "Assurance", "Pharma", "Distribution", "Énergie", "Transport", "BTP", "Logiciel",
    "Conseil", "Santé", "Éducation",
]  # fmt: skip
FOLDED = str.maketrans("Éé", "ee")
COUNTRIES = ["FR", "BE", "CH", "LU", "CA", "DE", "ES", "IT", "GB", "NL", "PT", "US", "MA", "TN", "SN", "CI", "PL", "SE"]
SPANS = [(days, "days") for days in (7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365)]
SPANS += [(months, "months") for months in (1, 2, 3, 6, 9, 12)]


def after(number, unit):
    """The first day within a span of the day of scoring."""
    if unit == "days":
        return AS_OF - timedelta(days=number - 1)
    year, month = divmod(AS_OF.year * 12 + AS_OF.month - 1 - number, 12)
    day = min(AS_OF.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) + timedelta(days=1)


def listed(texts):
    """Texts as a list of the language, and as a list of SQL in its folded form."""
    quoted = ", ".join(f'"{text}"' for text in texts)
    return f"({quoted})", "(" + ", ".join(f"'{text.lower().translate(FOLDED)}'" for text in texts) + ")"


class Draw:
    """Draws rules."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def points(self):
        """More often given than taken."""
        return self.random.choice([1, 2, 3, 5, 8, 10, 15, 20, 25]) * self.random.choice([1, 1, 1, -1])

    def some(self, values, most):
        """A few of the values."""
        return self.random.sample(values, self.random.randint(1, most))

    def filter(self, event):
        """A test on the properties of an event, in the language and in SQL; none for an event without properties."""
        kinds = PROPERTIES.get(event, "").split(", ")
        kind = self.random.choice(kinds).partition(":")[0]
        if not kind or self.random.random() < 0.2:
            return "", ""
        if kind == "url":
            part = self.random.choice(PARTS)
            if self.random.random() < 0.5:
                return f' where url contains "{part}"', f" AND contains(url, '{part}')"
            return f' where url starts with "{part}"', f" AND starts_with(url, '{part}')"
        low = self.random.randint(1, 40) * (30 if kind == "duration_s" else 2500)
        if self.random.random() < 0.3:
            high = low * self.random.randint(2, 4)
            return f" where {kind} between {low} and {high}", f" AND {kind} BETWEEN {low} AND {high}"
        return f" where {kind} >= {low}", f" AND {kind} >= {low}"

    def pattern(self):
        """A pattern, and the condition of its count."""
        event = self.random.choice(OWN + PASSIVE)
        test, condition = self.filter(event)
        within = ""
        if self.random.random() < 0.7:
            number, unit = self.random.choice(SPANS)
            within = f" within {number} {unit if number > 1 else unit.rstrip('s')}"
            condition += f""" AND "at" >= TIMESTAMP '{after(number, unit)}'"""
        return f"{event}{test}{within}", f"type = '{event}'{condition}"

    def event_rule(self):
        """What a rule over events picks; the rule with its points left open, and its value in SQL."""
        pattern, condition = self.pattern()
        limit = self.random.choice(["once", "most", "most", "most", "every", "least"])
        number = self.random.randint(2, 10)
        if limit == "once":
            return condition, f"when event {pattern} add {{points}} once", "{points} * least({count}, 1)"
        if limit == "most":
            return (
                condition,
                f"when event {pattern} add {{points}} at most {number} times",
                f"{{points}} * least({{count}}, {number})",
            )
        if limit == "every":
            return condition, f"when event {pattern} add {{points}} every time", "{points} * {count}"
        test = f"when at least {number} events {pattern} add {{points}}"
        return condition, test, f"CASE WHEN {{count}} >= {number} THEN {{points}} ELSE 0 END"

    def profile_test(self):
        """A test on the profile, in the language and in SQL."""
        kind = self.random.choice(
            ["title", "title", "titles", "employees", "industry", "country", "both", "budget", "domain", "abroad"]
        )
        if kind == "title":
            word = " ".join(self.some(WORDS, 2))
            return f'title contains "{word}"', f"contains(title, '{word}')"
        if kind == "titles":
            words = self.random.sample(WORDS, self.random.randint(2, 4))
            tests = " OR ".join(f"contains(title, '{word}')" for word in words)
            return f"title contains any of {listed(words)[0]}", f"({tests})"
        if kind in ("employees", "budget"):
            low = self.random.randint(1, 200) * (10 if kind == "employees" else 1000)
            high = low * self.random.randint(2, 10)
            return self.random.choice([
                (f"{kind} between {low} and {high}", f"{kind} BETWEEN {low} AND {high}"),
                (f"{kind} >= {low}", f"{kind} >= {low}"),
                (f"{kind} < {low}", f"{kind} < {low}"),
            ])  # fmt: skip
        if kind == "domain":
            domains = [f"societe{number}.example" for number in self.random.sample(range(5_000), 3)]
            domains += self.some(["gmail.com", "orange.fr", "yahoo.fr", "hotmail.com"], 2)
            rule, sql = listed(domains)
            return f"domain(email) in {rule}", f"domain IN {sql}"
        industry, country = listed(self.some(INDUSTRIES, 4)), listed(self.some(COUNTRIES, 5))
        if kind == "industry":
            return f"industry in {industry[0]}", f"industry IN {industry[1]}"
        if kind == "country":
            return f"country in {country[0]}", f"country IN {country[1]}"
        if kind == "abroad":
            return (
                f"subsidiaries_abroad and country in {country[0]}",
                f"(subsidiaries_abroad AND country IN {country[1]})",
            )
        both = f"industry in {industry[0]} and country in {country[0]}"
        return both, f"(industry IN {industry[1]} AND country IN {country[1]})"


def rules(count, seed):
    """The rules, the conditions of the counts, and the values in SQL over events and over the profile."""
    draw, lines, conditions, event_values, profile_values, seen = Draw(seed), [], [], [], [], set()
    while len(lines) < count:
        points = draw.points()
        if len(lines) % 10 < 6:
            condition, line, value = draw.event_rule()
            if condition not in seen:
                event_values.append(value.format(points=points, count=f"c{len(conditions)}"))
                conditions.append(condition)
                lines.append(line.format(points=points))
        else:
            test, condition = draw.profile_test()
            if condition not in seen:
                profile_values.append(f"CASE WHEN {condition} THEN {points} ELSE 0 END")
                lines.append(f"when {test} add {points}")
        seen.add(condition)
    return lines, conditions, event_values, profile_values


def rules_file(lines, count):
    """The rules as a rules file."""
    fields = [f"field {name}: {kind}" for name, kind in FIELDS.items()]
    events = [f"event {name}({PROPERTIES[name]})" if name in PROPERTIES else f"event {name}" for name in OWN]
    events += [f"event {name} passive" for name in PASSIVE]
    bands = [f"{label} >= {threshold}" for label, threshold in BANDS.items()] + ["cold otherwise"]
    parts = ([f'model "rules{count}"'], fields, events, lines, bands)
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def query(conditions, event_values, profile_values):
    """The rules as one query, with the places of its tables and folded columns in braces, as in fit40.sql."""
    counts = ",\n    ".join(f"count(*) FILTER (WHERE {condition}) AS c{at}" for at, condition in enumerate(conditions))
    bands = " ".join(f"WHEN score >= {threshold} THEN '{label}'" for label, threshold in BANDS.items())
    return f"""WITH picked AS (
  SELECT contact_id,
    {counts}
  FROM (SELECT contact_id, type, "at", {{url}} AS url, duration_s, value FROM {{events}}) AS log
  WHERE "at" < TIMESTAMP '{AS_OF + timedelta(days=1)}'
  GROUP BY contact_id
), behaviour AS (
  SELECT contact_id,
    {" + ".join(event_values)} AS points
  FROM picked
), fit AS (
  SELECT id,
    {" + ".join(profile_values)} AS points
  FROM (SELECT id, {{title}} AS title, employees, {{industry}} AS industry, {{country}} AS country, budget,
    subsidiaries_abroad, split_part({{email}}, '@', -1) AS domain FROM {{contacts}}) AS profile
), total AS (
  SELECT id AS contact_id, fit.points + coalesce(behaviour.points, 0) AS score
  FROM fit LEFT JOIN behaviour ON behaviour.contact_id = fit.id
)
SELECT contact_id, score, CASE {bands} ELSE 'cold' END AS band FROM total
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, help="how many rules")
    parser.add_argument("rules", type=Path, help="the rules file to write")
    parser.add_argument("query", type=Path, help="the query to write")
    parser.add_argument("--seed", type=int, default=42)
    asked = parser.parse_args()
    lines, conditions, event_values, profile_values = rules(asked.count, asked.seed)
    asked.rules.write_text(rules_file(lines, asked.count), encoding="utf-8")
    asked.query.write_text(query(conditions, event_values, profile_values), encoding="utf-8")


if __name__ == "__main__":
    main()
