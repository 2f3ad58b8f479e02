#!/usr/bin/env python3
"""Writes contacts and their events: the same for the same arguments, on every machine.

contacts.{parquet,csv}, events.{parquet,csv} and contacts.jsonl, as asked for. The events of events.* are in the order
of time, as a log has them, and not grouped by contact; in contacts.jsonl they are nested in their contact.

What the rules meet in them:

- about 0.5 % of the events are later than the day of scoring, about 0.2 % have a contact that does not exist;
- some contacts have no event, a few have a hundred times the average;
- titles come in mixed case, with accents, some with a comma (which CSV quotes);
- title, employees, budget, subsidiaries_abroad, url, duration_s and value are missing here and there.
"""

import argparse
import csv
import uuid
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

FIRST = np.datetime64("2025-05-01T00:00:00", "s")  # eighteen months before the day of scoring, 2026-10-31
END = np.datetime64("2026-11-04T00:00:00", "s")  # three days after it
SECONDS = int((END - FIRST).astype(np.int64))
DAY = 86_400

TITLES = [
    "Directeur général", "Directrice Générale", "Directeur commercial", "Directrice Marketing",
    "Directrice des Ressources Humaines", "Directeur des Ressources Humaines", "DRH", "DRH adjointe",
    "Responsable formation", "Responsable RH", "Chargée de recrutement", "Chargé de mission RH",
    "Responsable marketing", "Chef de projet digital", "Cheffe de produit", "Stagiaire marketing",
    "Stagiaire RH", "Alternant communication", "Apprenti développeur", "Étudiant en école de commerce",
    "PDG", "Président", "Vice-présidente", "Gérant", "Acheteuse sénior", "Comptable", "Contrôleur de gestion",
    "Développeuse", "Ingénieur d'études", "Consultant indépendant", "CEO", "CFO", "Head of Sales",
    "Head of People", "Human Resources Director", "Marketing Manager", "Sales Director", "Software Engineer",
    "Student", "Office Manager",
]  # fmt: skip
UNITS = [
    "France", "Île-de-France", "Europe du Sud", "Grands Comptes", "PME", "Région Ouest", "Benelux", "Québec",
    "DACH", "Export",
]  # fmt: skip
TEAMS = [f"pôle {number}" for number in range(1, 21)]
INDUSTRIES = [
    "Industrie", "Banque", "Assurance", "Pharma", "Distribution", "Énergie", "Transport", "BTP", "Logiciel",
    "Conseil", "Santé", "Éducation",
]  # fmt: skip
COUNTRIES = [
    "FR", "BE", "CH", "LU", "CA", "DE", "ES", "IT", "GB", "NL", "PT", "US", "MA", "TN", "SN", "CI", "PL", "SE",
    "DK", "IE",
]  # fmt: skip
FREE_MAIL = ["gmail.com", "orange.fr", "yahoo.fr", "hotmail.com"]
EVENTS = [
    "visit_page", "send_email", "open_email", "send_newsletter", "open_newsletter", "click_email",
    "click_newsletter", "view_video", "visit_careers", "download_whitepaper", "use_simulator", "view_case_study",
    "search_site", "chat_message", "click_ad", "social_follow", "social_share", "register_webinar",
    "attend_webinar", "form_submit", "download_brochure", "request_callback", "request_demo", "bounce_email",
    "unsubscribe",
]  # fmt: skip
PRODUCTS = [
    "formation", "paie", "recrutement", "temps", "notes-de-frais", "simulateur", "signature", "coffre-fort",
    "entretiens", "analytics", "integration", "mobile", "api", "audit", "conges",
]  # fmt: skip
SECTORS = ["industrie", "banque", "assurance", "pharma", "energie", "transport", "btp", "sante"]

# Rows that are drawn, and written, at once. Another number gives other data.
CHUNK = 1 << 20
DRAWS = 5_000_000


def urls():
    """The two hundred pages of the site."""
    pages = ["/", "/pricing", "/pricing/enterprise", "/pricing/compare", "/contact", "/demo"]
    pages += [f"/produits/{product}" for product in PRODUCTS]
    pages += [f"/secteurs/{sector}" for sector in SECTORS]
    pages += ["/carrieres", "/carrieres/offres"] + [f"/carrieres/offres/{number}" for number in range(1, 9)]
    pages += [f"/cas-clients/client-{number:02}" for number in range(1, 31)]
    pages += [f"/ressources/livre-blanc-{number:02}" for number in range(1, 21)]
    pages += ["/fr/pricing", "/en/pricing"]
    return pages + [f"/blog/2025/article-{number:03}" for number in range(1, 201 - len(pages))]


URLS = urls()
CAREERS = [at for at, url in enumerate(URLS) if url.startswith("/carrieres")]


def cumulative_zipf(count, exponent):
    """The cumulative weights of Zipf's law over so many things."""
    weights = 1.0 / np.arange(1, count + 1) ** exponent
    return np.cumsum(weights / weights.sum())


def texts(words, codes, missing=None):
    """A column of texts from their codes; `missing` is true where there is none."""
    return pc.take(pa.array(words), pa.array(codes.astype(np.int32), mask=missing))


def joined(*parts):
    """Texts put together row by row; a part is a column or a text."""
    return pc.binary_join_element_wise(*parts, "")


def contact_ids(rows, style):
    """The ids of contacts by their row: `c0000042`, or 36 characters that look like a UUID."""
    if style == "short":
        return joined("c", pc.utf8_lpad(pc.cast(pa.array(rows), pa.string()), 7, "0"))

    def mixed(values, salt):
        with np.errstate(over="ignore"):
            values = (values + np.uint64(salt)) * np.uint64(0x9E3779B97F4A7C15)
            values ^= values >> np.uint64(29)
            values *= np.uint64(0xBF58476D1CE4E5B9)
            return values ^ (values >> np.uint64(32))

    high, low = mixed(rows.astype(np.uint64), 1), mixed(rows.astype(np.uint64), 7)
    ids = (uuid.UUID(int=(int(a) << 64) | int(b), version=4) for a, b in zip(high, low, strict=True))
    return pa.array([str(one) for one in ids], pa.string())


def decimals(cents, missing=None):
    """Amounts with two places, from whole cents."""
    whole = pc.cast(pa.array(cents.astype(np.int64), mask=missing), pa.decimal128(19, 0))
    return pc.cast(pc.multiply(whole, pa.scalar(Decimal("0.01"), pa.decimal128(3, 2))), pa.decimal128(12, 2))


def titles(random, count):
    """Job titles: as they are, lower or upper; alone, with a unit, or with a unit and a team; 8 % missing."""
    base = np.searchsorted(cumulative_zipf(len(TITLES), 0.4), random.random(count))
    base = random.permutation(len(TITLES))[base]
    case = np.searchsorted([0.85, 0.93], random.random(count))
    tail = random.random(count)
    unit, team = random.integers(0, len(UNITS), count), random.integers(0, len(TEAMS), count)
    kind = np.where(tail < 0.80, 0, np.where(tail < 0.90, 1, 2))
    suffix = np.where(kind == 1, unit, np.where(kind == 2, unit * 20 + team, 0))
    distinct, codes = np.unique(((base * 3 + case) * 3 + kind) * 1000 + suffix, return_inverse=True)
    return texts([title(int(key)) for key in distinct], codes, random.random(count) < 0.08)


def title(key):
    """The title that a key of `titles` stands for."""
    key, suffix = divmod(key, 1000)
    key, kind = divmod(key, 3)
    base, case = divmod(key, 3)
    text = TITLES[base]
    if kind == 1:
        text += f", {UNITS[suffix]}"
    elif kind == 2:
        text += f", {UNITS[suffix // 20]} - {TEAMS[suffix % 20]}"
    return (text, text.lower(), text.upper())[case]


def make_contacts(count, seed, style):
    """The table of contacts."""
    random = np.random.default_rng([seed, 1])
    rows = np.arange(count)
    ids = contact_ids(rows, style)
    title_column = titles(random, count)
    employees = np.clip(np.exp(random.normal(4.6, 1.9, count)), 1, 250_000).astype(np.int32)
    employees = pa.array(employees, mask=random.random(count) < 0.15)
    industry = np.searchsorted(cumulative_zipf(len(INDUSTRIES), 0.5), random.random(count))
    country = np.searchsorted(cumulative_zipf(len(COUNTRIES), 1.2), random.random(count))
    budget = np.clip(np.exp(random.normal(10.3, 1.1, count)) * 100, 100, 9e8)
    budget = decimals(budget, random.random(count) < 0.40)
    abroad = pa.array(random.random(count) < 0.3, mask=random.random(count) < 0.35)
    created = np.sort(random.integers(0, 4 * 365 * DAY, count))
    created = np.datetime64("2022-11-01", "s") + created.astype("timedelta64[s]")
    consent = pa.array(random.random(count) < 0.82)
    free = pa.array(random.random(count) < 0.18)
    mail = texts(FREE_MAIL, random.integers(0, 4, count))
    company = pc.cast(pa.array(random.integers(0, max(10, count // 20), count)), pa.string())
    domain = pc.if_else(free, mail, joined("societe", company, ".example"))
    return pa.table({
        "id": ids,
        "email": joined("p", pc.cast(pa.array(rows), pa.string()), "@", domain),
        "title": title_column,
        "employees": employees,
        "industry": texts(INDUSTRIES, industry),
        "country": texts(COUNTRIES, country),
        "budget": budget,
        "subsidiaries_abroad": abroad,
        "created_at": pa.array(created.astype("datetime64[us]")),
        "consent": consent,
    })  # fmt: skip


def make_keys(count, mean, skew, seed):
    """The sorted keys of all events: seconds since FIRST, then the contact's row; a row beyond the last is nobody."""
    random = np.random.default_rng([seed, 2])
    total = int(round(count * mean))
    weights = np.cumsum(np.exp(random.normal(0, skew, count)))
    weights /= weights[-1]
    end = SECONDS - np.minimum(random.exponential(110 * DAY, count), SECONDS - 2 * DAY)
    start = random.random(count) * (end - DAY)
    keys = np.empty(total, np.uint64)
    for first in range(0, total, DRAWS):
        size = min(DRAWS, total - first)
        row = np.minimum(np.searchsorted(weights, random.random(size)), count - 1)
        at = start[row] + random.random(size) * (end[row] - start[row])
        nobody = random.random(size) < 0.002
        row = np.where(nobody, count + (row % max(1, count // 500)), row)
        keys[first : first + size] = (at.astype(np.uint64) << np.uint64(32)) | row.astype(np.uint64)
    keys.sort()
    return keys


def seconds_of(keys):
    """The time of each key, in seconds since 1970."""
    return (keys >> np.uint64(32)).astype(np.int64) + FIRST.astype(np.int64)


def rows_of(keys):
    """The contact's row of each key."""
    return (keys & np.uint64(0xFFFFFFFF)).astype(np.int32)


class Payload:
    """What the events of a chunk are and carry; `no_…` is true where a value is missing."""

    def __init__(self, size, seed, chunk):
        random = np.random.default_rng([seed, 3, chunk])
        self.event = np.searchsorted(cumulative_zipf(len(EVENTS), 1.3), random.random(size)).astype(np.int32)
        visit, careers = self.is_event("visit_page"), self.is_event("visit_careers")
        popularity = np.random.default_rng([seed, 4]).permutation(len(URLS))
        url = popularity[np.searchsorted(cumulative_zipf(len(URLS), 0.9), random.random(size))]
        career = np.array(CAREERS, np.int32)[random.integers(0, len(CAREERS), size)]
        self.url, self.no_url = np.where(careers, career, url).astype(np.int32), ~(visit | careers)
        duration = (random.exponential(70, size) + 1).astype(np.int32)
        webinar = self.is_event("attend_webinar")
        seminar = np.clip(random.normal(2000, 900, size), 60, 5400).astype(np.int32)
        self.duration = np.where(webinar, seminar, duration)
        self.no_duration = ~((visit & (random.random(size) < 0.7)) | self.is_event("view_video") | webinar)
        self.value = (np.exp(random.normal(10.2, 1.0, size)) * 100).astype(np.int64)
        simulated = self.is_event("use_simulator") & (random.random(size) < 0.8)
        self.no_value = ~(simulated | self.is_event("form_submit"))

    def is_event(self, name):
        """Which rows are this event."""
        return self.event == EVENTS.index(name)


def event_tables(keys, seed, ids):
    """The events in the order of time, a table for each chunk."""
    for chunk, first in enumerate(range(0, len(keys), CHUNK)):
        part = keys[first : first + CHUNK]
        payload = Payload(len(part), seed, chunk)
        yield pa.table({
            "contact_id": pc.take(ids, pa.array(rows_of(part))),
            "type": texts(EVENTS, payload.event),
            "at": pa.array(seconds_of(part) * 1_000_000, pa.timestamp("us")),
            "url": texts(URLS, payload.url, payload.no_url),
            "duration_s": pa.array(payload.duration, mask=payload.no_duration),
            "value": decimals(payload.value, payload.no_value),
        })  # fmt: skip


def as_text(table):
    """The table with its times and amounts written out."""
    columns = {}
    for name in table.column_names:
        column = table[name]
        if pa.types.is_timestamp(column.type):
            column = iso(column)
        elif pa.types.is_decimal(column.type):
            column = pc.cast(column, pa.string())
        columns[name] = column
    return pa.table(columns)


def iso(times):
    """Times as `2026-10-31T12:00:00`."""
    return pc.strftime(pc.cast(times, pa.timestamp("s")), format="%Y-%m-%dT%H:%M:%S")


def write_contacts_csv(contacts, path):
    """Contacts as CSV, with quotes only where they are needed."""
    table = as_text(contacts)
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(table.column_names)
        for batch in table.to_batches(max_chunksize=100_000):
            columns = [spelled(column) for column in batch.columns]
            rows.writerows(zip(*columns, strict=True))


def spelled(column):
    """A column's values as CSV has them."""
    if pa.types.is_boolean(column.type):
        return [None if value is None else str(value).lower() for value in column.to_pylist()]
    return column.to_pylist()


def write_events(keys, arguments, ids):
    """Events as Parquet and CSV, whichever is asked for."""
    out, parquet, rows = arguments.out, None, None
    plain = pacsv.WriteOptions(quoting_style="none", quoting_header="none")
    for table in event_tables(keys, arguments.seed, ids):
        if "parquet" in arguments.formats:
            parquet = parquet or pq.ParquetWriter(out / "events.parquet", table.schema, compression="snappy")
            parquet.write_table(table)
        if "csv" in arguments.formats:
            text = as_text(table)
            rows = rows or pacsv.CSVWriter(out / "events.csv", text.schema, write_options=plain)
            rows.write_table(text)
    for writer in (parquet, rows):
        if writer:
            writer.close()


def quoted(column):
    """Texts as JSON. The words above hold nothing that JSON escapes."""
    return joined('"', column, '"')


def json_heads(contacts):
    """The fields of each contact as JSON, without its braces."""
    table, fields = as_text(contacts), []
    for name in table.column_names:
        column = table[name]
        bare = name in ("employees", "budget") or pa.types.is_boolean(column.type)
        value = pc.cast(column, pa.string()) if bare else quoted(column)
        fields.append(joined(f'"{name}":', pc.fill_null(value, "null")))
    return pc.binary_join_element_wise(*fields, ",").combine_chunks()


def json_events(keys, payload, order):
    """The events at these places as JSON objects."""

    def optional(key, values, missing):
        return pc.if_else(pa.array(payload[missing][order]), "", joined(f',"{key}":', values))

    def numbers(name):
        return pc.cast(pa.array(payload[name][order]), pa.string())

    return joined(
        '{"event":"',
        texts(EVENTS, payload["event"][order]),
        '","at":"',
        iso(pa.array(seconds_of(keys[order]), pa.timestamp("s"))),
        '"',
        optional("url", quoted(texts(URLS, payload["url"][order])), "no_url"),
        optional("duration_s", numbers("duration"), "no_duration"),
        optional("value", pc.cast(decimals(payload["value"][order]), pa.string()), "no_value"),
        "}",
    )


def whole_payload(count, seed):
    """The columns of all events, by name."""
    firsts = range(0, count, CHUNK)
    parts = [vars(Payload(min(CHUNK, count - first), seed, chunk)) for chunk, first in enumerate(firsts)]
    return {name: np.concatenate([part.pop(name) for part in parts]) for name in list(parts[0])}


def write_json_lines(contacts, keys, seed, path):
    """A contact a line, its events nested in the order of time; events of nobody have no line to live in."""
    count = contacts.num_rows
    heads, payload = json_heads(contacts), whole_payload(len(keys), seed)
    rows = rows_of(keys)
    order = np.argsort(rows, kind="stable")[: int((rows < count).sum())]
    bounds = np.searchsorted(rows[order], np.arange(count + 1))
    first = 0
    with open(path, "wb") as file:
        while first < count:
            last = int(np.searchsorted(bounds, bounds[first] + CHUNK, side="right")) - 1
            last = min(max(last, first + 1), count, first + 200_000)
            events = json_events(keys, payload, order[bounds[first] : bounds[last]])
            offsets = pa.array((bounds[first : last + 1] - bounds[first]).astype(np.int32))
            nested = pc.binary_join(pa.ListArray.from_arrays(offsets, events), ",")
            lines = joined("{", heads.slice(first, last - first), ',"events":[', nested, "]}\n")
            file.write("".join(lines.to_pylist()).encode())
            first = last


def arguments():
    """What to write, and where."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, metavar="FOLDER")
    parser.add_argument("--contacts", type=int, default=100_000)
    parser.add_argument("--events-per-contact", type=float, default=20)
    parser.add_argument(
        "--skew", type=float, default=1.2, help="how unequal contacts are: sigma of their weights' logarithm"
    )
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--formats", default="parquet,csv,jsonl", type=lambda text: text.split(","))
    parser.add_argument("--id-style", default="short", choices=["short", "uuid"])
    return parser.parse_args()


def main():
    asked = arguments()
    asked.out.mkdir(parents=True, exist_ok=True)
    contacts = make_contacts(asked.contacts, asked.seed, asked.id_style)
    if "parquet" in asked.formats:
        pq.write_table(contacts, asked.out / "contacts.parquet", compression="snappy")
    if "csv" in asked.formats:
        write_contacts_csv(contacts, asked.out / "contacts.csv")
    keys = make_keys(asked.contacts, asked.events_per_contact, asked.skew, asked.seed)
    if "parquet" in asked.formats or "csv" in asked.formats:
        nobodies = max(1, asked.contacts // 500) + 1
        write_events(keys, asked, contact_ids(np.arange(asked.contacts + nobodies), asked.id_style))
    if "jsonl" in asked.formats:
        write_json_lines(contacts, keys, asked.seed, asked.out / "contacts.jsonl")


if __name__ == "__main__":
    main()
