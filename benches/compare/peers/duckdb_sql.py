"""DuckDB with the hand-written query of fit40.sql.

Usage: duckdb_sql.py DATA parquet|csv|jsonl OUT [QUERY]

QUERY is a file to run in place of fit40.sql.
"""

import sys
from pathlib import Path

import duckdb

CONTACTS = {
    "id": "VARCHAR", "email": "VARCHAR", "title": "VARCHAR", "employees": "INTEGER", "industry": "VARCHAR",
    "country": "VARCHAR", "budget": "DECIMAL(12,2)", "subsidiaries_abroad": "BOOLEAN", "created_at": "TIMESTAMP",
    "consent": "BOOLEAN",
}  # fmt: skip
EVENTS = {
    "contact_id": "VARCHAR", "type": "VARCHAR", "at": "TIMESTAMP", "url": "VARCHAR", "duration_s": "INTEGER",
    "value": "DECIMAL(12,2)",
}  # fmt: skip
NESTED = 'STRUCT(event VARCHAR, "at" TIMESTAMP, url VARCHAR, duration_s INTEGER, value DECIMAL(12,2))[]'
UNNESTED = """(SELECT contact_id, event.event AS type, event."at", event.url, event.duration_s, event.value
  FROM (SELECT id AS contact_id, unnest(events) AS event FROM lines))"""


def read_csv(path, columns):
    """The expression that reads a CSV file."""
    return f"""read_csv('{path}', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
      columns = {columns})"""


def query(text, data, form):
    """The query with its tables and folded columns put in."""
    columns = {name: f"strip_accents(lower({name}))" for name in ("title", "url", "industry", "country", "email")}
    if form == "parquet":
        contacts, events = f"read_parquet('{data}/contacts.parquet')", f"read_parquet('{data}/events.parquet')"
    elif form == "csv":
        contacts, events = read_csv(f"{data}/contacts.csv", CONTACTS), read_csv(f"{data}/events.csv", EVENTS)
    else:
        contacts, events = "lines", UNNESTED
    filled = text.format(contacts=contacts, events=events, **columns)
    if form != "jsonl":
        return filled
    read = {name: kind for name, kind in CONTACTS.items() if name not in ("created_at", "consent")} | {"events": NESTED}
    return f"""WITH lines AS MATERIALIZED (
      SELECT * FROM read_json('{data}/contacts.jsonl', format = 'newline_delimited', columns = {read}))
    SELECT * FROM ({filled})"""


def main():
    data, form, out = sys.argv[1:4]
    text = Path(sys.argv[4] if len(sys.argv) > 4 else Path(__file__).with_name("fit40.sql")).read_text()
    connection = duckdb.connect()
    connection.execute("SET threads = 2; SET preserve_insertion_order = false")
    connection.execute(f"COPY ({query(text, data, form)}) TO '{out}' (FORMAT {form if form == 'parquet' else 'csv'})")


if __name__ == "__main__":
    main()
