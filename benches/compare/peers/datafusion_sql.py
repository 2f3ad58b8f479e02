"""DataFusion with the hand-written query of fit40.sql.

Usage: datafusion_sql.py DATA parquet|csv OUT
"""

import sys
from pathlib import Path

import pyarrow as pa
from datafusion import SessionConfig, SessionContext

CONTACTS = pa.schema({
    "id": pa.string(), "email": pa.string(), "title": pa.string(), "employees": pa.int32(), "industry": pa.string(),
    "country": pa.string(), "budget": pa.decimal128(12, 2), "subsidiaries_abroad": pa.bool_(),
    "created_at": pa.timestamp("us"), "consent": pa.bool_(),
})  # fmt: skip
EVENTS = pa.schema({
    "contact_id": pa.string(), "type": pa.string(), "at": pa.timestamp("us"), "url": pa.string(),
    "duration_s": pa.int32(), "value": pa.decimal128(12, 2),
})  # fmt: skip
ACCENTED, BARE = "àâäáãåçèéêëìíîïñòóôõöùúûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy"


def query(text):
    """The query with its tables and folded columns put in. DataFusion has no function that takes accents away."""

    def fold(column):
        return f"translate(lower({column}), '{ACCENTED}', '{BARE}')"

    columns = {name: fold(name) for name in ("title", "url", "industry", "country", "email")}
    return text.format(contacts="contacts", events="events", **columns)


def main():
    data, form, out = sys.argv[1:4]
    context = SessionContext(SessionConfig().with_target_partitions(2))
    if form == "parquet":
        context.register_parquet("contacts", f"{data}/contacts.parquet")
        context.register_parquet("events", f"{data}/events.parquet")
    else:
        context.register_csv("contacts", f"{data}/contacts.csv", schema=CONTACTS)
        context.register_csv("events", f"{data}/events.csv", schema=EVENTS)
    options = "compression snappy" if form == "parquet" else "format.has_header true"
    result = query(Path(__file__).with_name("fit40.sql").read_text())
    context.sql(f"COPY ({result}) TO '{out}' STORED AS {form.upper()} OPTIONS ({options})").collect()


if __name__ == "__main__":
    main()
