"""The form in which cells travel: strings, the same for every engine, and None for NULL.

    text         as it is
    integer      -7
    decimal      120.5                      at most 18 digits, 4 of them after the point
    float        0.1
    boolean      true, false
    date         2026-11-01
    timestamp    2026-11-01 10:00:00        a time of the calendar, without a zone
    timestamptz  2026-11-01 10:00:00+00:00  an instant
"""

import datetime
import decimal

import pyarrow

ARROW_TYPES = {
    "text": pyarrow.string(),
    "integer": pyarrow.int64(),
    "decimal": pyarrow.decimal128(18, 4),
    "float": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "date": pyarrow.date32(),
    "timestamp": pyarrow.timestamp("us"),
    "timestamptz": pyarrow.timestamp("us", "+00:00"),
}


def arrow_table(table):
    """The table of a job, for engines that read Arrow."""
    fields = [pyarrow.field(name, ARROW_TYPES[kind]) for name, kind in table["columns"]]
    arrays = [
        pyarrow.array([row[index] for row in table["rows"]], pyarrow.string()).cast(field.type)
        for index, field in enumerate(fields)
    ]
    return pyarrow.table(arrays, pyarrow.schema(fields))


def arrow_answer(table):
    """The columns and rows of an Arrow table. Names of columns may repeat."""
    return table.column_names, list(zip(*(column.to_pylist() for column in table.columns)))


def quoted(name):
    """A name in standard SQL."""
    return '"' + name.replace('"', '""') + '"'


def written(cell):
    """The form of a cell that an engine answered."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        cell = decimal.Decimal(repr(cell))
    if isinstance(cell, (int, decimal.Decimal)):
        return written_number(decimal.Decimal(cell))
    if isinstance(cell, datetime.datetime):
        if cell.tzinfo:
            cell = cell.astimezone(datetime.timezone.utc)
        return cell.isoformat(" ")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    raise TypeError(f"a cell of the type {type(cell).__name__} has no written form: {cell!r}")


def written_number(number):
    """All digits of a number, without an exponent and without zeros that say nothing."""
    if number == 0:
        return "0"
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
