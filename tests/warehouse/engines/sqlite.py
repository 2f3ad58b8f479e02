"""SQLite, in memory."""

import sqlite3

from cells import quoted

# The affinities turn the strings of a job into what a table with such columns would hold: NUMERIC
# makes an integer of a whole number and a float of any other.
AFFINITIES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "decimal": "NUMERIC",
    "float": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
    "timestamp": "TEXT",
    "timestamptz": "TEXT",
}
BOOLEANS = {"true": 1, "false": 0, None: None}


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
            [
                BOOLEANS[cell] if kind == "boolean" else cell
                for (_, kind), cell in zip(columns, row)
            ]
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
