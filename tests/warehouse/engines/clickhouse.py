"""ClickHouse, in this process (chdb)."""

from chdb import session

from cells import arrow_answer

# ClickHouse has only instants; those of times without a zone are read and shown as UTC.
TYPES = {
    "text": "String",
    "integer": "Int64",
    "decimal": "Decimal(18, 4)",
    "float": "Float64",
    "boolean": "Bool",
    "date": "Date32",
    "timestamp": "DateTime64(6, 'UTC')",
    "timestamptz": "DateTime64(6, 'UTC')",
}


def escaped(text, mark):
    """A name or a text between two marks."""
    return mark + text.replace("\\", "\\\\").replace(mark, "\\" + mark) + mark


def literal(cell):
    return "NULL" if cell is None else escaped(cell, "'")


class Engine:
    """Every load has a new database."""

    def __init__(self, _folder):
        self.session = session.Session()
        self.session.query("SET session_timezone = 'UTC'")

    def load(self, tables):
        self.run("DROP DATABASE IF EXISTS job SYNC")
        self.run("CREATE DATABASE job")
        self.run("USE job")
        for table in tables:
            self._make(table)

    def _make(self, table):
        name = escaped(table["name"], "`")
        columns = ", ".join(
            f"{escaped(column, '`')} Nullable({TYPES[kind]})" for column, kind in table["columns"]
        )
        self.run(f"CREATE TABLE {name} ({columns}) ENGINE = Memory")
        if table["rows"]:
            rows = ", ".join(f"({', '.join(map(literal, row))})" for row in table["rows"])
            # The ordinary format of times has no offset.
            self.run(
                f"INSERT INTO {name} SETTINGS date_time_input_format = 'best_effort' VALUES {rows}"
            )

    def run(self, statement):
        self.session.query(statement)

    def fetch(self, query):
        return arrow_answer(self.session.query(query, "ArrowTable"))

    def close(self):
        self.session.close()
