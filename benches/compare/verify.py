#!/usr/bin/env python3
"""Compares results contact by contact: every id, score and band has to be that of the first file.

The files are CSV or Parquet, in any order of their rows, with the columns `id` (or `contact_id`), `score` and `band`;
other columns are left out. A shorter file is compared on the contacts that it has, if that is asked for.
"""

import argparse
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq


def load(path):
    """The result in the order of the ids."""
    if path.suffix == ".parquet":
        table = pq.read_table(path)
    else:
        as_written = pacsv.ConvertOptions(column_types={"band": pa.string()}, strings_can_be_null=False)
        table = pacsv.read_csv(path, convert_options=as_written)
    name = "id" if "id" in table.column_names else "contact_id"
    columns = {
        "id": pc.cast(table[name], pa.string()),
        "score": pc.cast(table["score"], pa.float64()),
        "band": pc.cast(table["band"], pa.string()),
    }
    return pa.table(columns).sort_by("id").combine_chunks()


def difference(reference, result):
    """What is wrong with a result, in a few words; none where it is equal."""
    if not result["id"].equals(reference["id"]):
        return f"other contacts: {len(result)} in place of {len(reference)}"
    wrong = pc.or_(pc.not_equal(result["score"], reference["score"]), pc.not_equal(result["band"], reference["band"]))
    wrong = pc.fill_null(wrong, True)
    count = pc.sum(wrong).as_py() or 0
    if not count:
        return None
    shown = zip(
        reference.filter(wrong).slice(0, 3).to_pylist(), result.filter(wrong).slice(0, 3).to_pylist(), strict=True
    )
    return f"{count} contacts differ, such as " + ", ".join(f"{expected} / {found}" for expected, found in shown)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reference", type=Path)
    parser.add_argument("results", type=Path, nargs="+")
    parser.add_argument("--partial", action="store_true", help="a result may lack contacts")
    asked = parser.parse_args()
    reference, failed = load(asked.reference), False
    bands = {row["values"]: row["counts"] for row in pc.value_counts(reference["band"]).to_pylist()}
    print(f"{asked.reference.name}: {len(reference)} contacts, {dict(sorted(bands.items()))}")
    for path in asked.results:
        result = load(path)
        expected = reference
        if asked.partial and len(result) < len(reference):
            expected = reference.filter(pc.is_in(reference["id"], result["id"].combine_chunks()))
        wrong = difference(expected, result)
        print(f"{path.name}: {wrong or f'{len(result)} contacts agree'}")
        failed |= wrong is not None
    sys.exit(failed)


if __name__ == "__main__":
    main()
