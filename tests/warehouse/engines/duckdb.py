"""DuckDB, in memory."""

import warnings

import duckdb

from cells import arrow_answer, arrow_table, quoted


class Engine:
    """All tables live in one transaction, because rolling back is faster than a new database."""

    def __init__(self, _folder):
        # The copy that this warns of is tiny. Rows without Arrow would need pytz for instants.
        warnings.filterwarnings("ignore", "Arrow output on a DB-API result")
        # More threads only slow down tiny tables.
        self.connection = duckdb.connect(":memory:", config={"threads": 1})
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.begin()

    def load(self, tables):
        self.connection.rollback()
        self.connection.begin()
        for table in tables:
            self.connection.from_arrow(arrow_table(table)).create(quoted(table["name"]))

    def run(self, statement):
        self.connection.execute(statement)

    def fetch(self, query):
        return arrow_answer(self.connection.execute(query).to_arrow_reader().read_all())

    def close(self):
        self.connection.close()
