"""SQLite, in memory."""

import sqlite3

from cells import quoted

# The affinities turn the strings of a job into what a table with such columns would hold.
AFFINITIES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "decimal": "",
    "float": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
    "timestamp": "TEXT",
    "timestamptz": "TEXT",
}
BOOLEANS = {"true": 1, "false": 0, None: None}

# A float has so many digits.
FLOAT_DIGITS = 15


def stored(kind, cell):
    """A cell as a table holds it. A decimal is an integer where it is whole, and a float where
    that has digits enough, else text."""
    if kind == "boolean":
        return BOOLEANS[cell]
    if kind != "decimal" or cell is None:
        return cell
    if "." not in cell:
        return int(cell)
    return float(cell) if len(cell.strip("-0.")) <= FLOAT_DIGITS else cell


class Engine:
    """Every load has a new database, which costs next to nothing."""

    def __init__(self, _folder):
        self.connection = sqlite3.connect(":memory:")

    def load(self, tables):
        self.connection.close()
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        for table in tables:
            self._make(table)

    def _make(self, table):
        columns = table["columns"]
        rows = [
            [stored(kind, cell) for (_, kind), cell in zip(columns, row)]
            for row in table["rows"]
        ]
        name = quoted(table["name"])
        types = ", ".join(f"{quoted(column)} {AFFINITIES[kind]}" for column, kind in columns)
        places = ", ".join("?" for _ in columns)
        self.connection.execute(f"CREATE TABLE {name} ({types})")
        self.connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)

    def run(self, statement):
        self.connection.execute(statement)

    def fetch(self, query):
        cursor = self.connection.execute(query)
        return [column[0] for column in cursor.description], cursor.fetchall()

    def close(self):
        self.connection.close()
