"""SQLite in memory: the CSV files are loaded, then one query runs.

Usage: sqlite_sql.py DATA csv OUT
"""

import csv
import itertools
import sqlite3
import sys
from pathlib import Path

from plain_python import fold

TABLES = """
CREATE TABLE contacts(id TEXT, email TEXT, title TEXT, employees INT, industry TEXT, country TEXT, budget REAL,
  subsidiaries_abroad TEXT, created_at TEXT, consent TEXT);
CREATE TABLE events(contact_id TEXT, type TEXT, at TEXT, url TEXT, duration_s INT, value REAL);
"""


def load(connection, path, table):
    """Puts a file's rows into a table; an empty cell is null."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        places = ", ".join("?" * len(next(rows)))
        full = ([cell or None for cell in row] for row in rows)
        connection.executemany(f"INSERT INTO {table} VALUES ({places})", full)


def main():
    data, _, out = sys.argv[1:4]
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA threads = 2")
    connection.create_function("fold", 1, lambda text: text and fold(text), deterministic=True)
    connection.executescript(TABLES)
    load(connection, f"{data}/contacts.csv", "contacts")
    load(connection, f"{data}/events.csv", "events")
    result = connection.execute(Path(__file__).with_name("fit40_sqlite.sql").read_text())
    with open(out, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerows(itertools.chain([["contact_id", "score", "band"]], result))


if __name__ == "__main__":
    main()
