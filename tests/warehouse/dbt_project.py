"""Builds a dbt project on a real engine: its models, the tests of their data, their unit tests.

    python dbt_project.py ENGINE FOLDER

FOLDER has the models in a folder `models`. The job comes on standard input, as one JSON object, and
the answer leaves on standard output, as another:

    {"tables": [{"name": "t", "columns": [["a", "text"]], "rows": [["x"], [null]]}],
     "builds": [{"vars": {"as_of": "2026-11-01"}, "select": ["m"], "show": ["m"]}]}
    {"builds": [{"nodes": {"model.leads.m": "success"}, "wrong": "", "shown": {"m":
     {"columns": ["a"], "rows": [["x"], [null]]}}}]}

Each table is one of the source `raw`, and a model of its own name that selects all of it. The kinds
of columns and the form of cells are described in cells.py. "select" may be left out, for all.
Warnings count as errors. "wrong" is what dbt has said where anything failed.
"""

import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import duckdb

from cells import arrow_table, quoted, written
from engines import postgres

DBT = pathlib.Path(sys.executable).with_name("dbt")
SOURCE = "raw"
SCHEMA = "built"
PASSED = {"success", "pass"}


class DuckDb:
    """A file, which one process at a time opens."""

    schema = "main"

    def __init__(self, folder):
        self.path = f"{folder}/warehouse.duckdb"

    def profile(self):
        return {"type": "duckdb", "path": self.path, "schema": SCHEMA, "threads": 2, "settings": {"TimeZone": "UTC"}}

    def load(self, tables):
        with duckdb.connect(self.path) as connection:
            for table in tables:
                connection.from_arrow(arrow_table(table)).create(quoted(table["name"]))

    def fetch(self, query):
        with duckdb.connect(self.path) as connection:
            answer = connection.execute(query)
            return [column[0] for column in answer.description], answer.fetchall()

    def close(self):
        pass


class Postgres:
    """A server of its own, which is reached by its socket alone."""

    schema = "public"

    def __init__(self, folder):
        self.folder = folder
        self.engine = postgres.Engine(folder)

    def profile(self):
        access = {"host": self.folder, "port": 5432, "user": "postgres", "password": "", "dbname": "postgres"}
        return {"type": "postgres", "schema": SCHEMA, "threads": 2, **access}

    def load(self, tables):
        self.engine.load(tables)
        self.engine.connection.commit()

    def fetch(self, query):
        answer = self.engine.fetch(query)
        self.engine.connection.commit()
        return answer

    def close(self):
        self.engine.close()


ENGINES = {"duckdb": DuckDb, "postgres": Postgres}


def write_project(folder, engine, tables):
    """What dbt needs besides the models."""
    project = {"name": "leads", "profile": "leads", "version": "1.0.0", "flags": {"send_anonymous_usage_stats": False}}
    profiles = {"leads": {"target": "test", "outputs": {"test": engine.profile()}}}
    source = {"name": SOURCE, "schema": engine.schema, "tables": [{"name": table["name"]} for table in tables]}
    files = {
        "dbt_project.yml": project,
        "profiles.yml": profiles,
        f"models/{SOURCE}.yml": {"version": 2, "sources": [source]},
    }
    for name, content in files.items():
        # JSON is YAML.
        (folder / name).write_text(json.dumps(content))
    for table in tables:
        name = table["name"]
        (folder / f"models/{name}.sql").write_text(f"select * from {{{{ source('{SOURCE}', '{name}') }}}}")


def build(folder, job):
    """One run of dbt: what came of each node, and what it said where one failed."""
    select = ["--select", *job["select"]] if "select" in job else []
    results = folder / "target/run_results.json"
    results.unlink(missing_ok=True)
    run = subprocess.run(
        [DBT, "--warn-error", "build", "--vars", json.dumps(job["vars"]), *select],
        cwd=folder,
        env={**os.environ, "DO_NOT_TRACK": "1", "DBT_PROFILES_DIR": str(folder), "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    nodes = {}
    if results.exists():
        nodes = {node["unique_id"]: node["status"] for node in json.loads(results.read_text())["results"]}
    failed = run.returncode != 0 or not set(nodes.values()) <= PASSED
    return {"nodes": nodes, "wrong": run.stdout if failed else ""}


def shown(engine, model):
    """All rows of a model, by their first column."""
    columns, rows = engine.fetch(f"SELECT * FROM {SCHEMA}.{quoted(model)} ORDER BY 1")
    return {"columns": columns, "rows": [[written(cell) for cell in row] for row in rows]}


def main():
    name, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    job = json.load(sys.stdin)
    with tempfile.TemporaryDirectory(prefix=f"dbt-{name}-") as data, contextlib.closing(ENGINES[name](data)) as engine:
        engine.load(job["tables"])
        write_project(folder, engine, job["tables"])
        builds = []
        for one in job["builds"]:
            built = build(folder, one)
            models = [] if built["wrong"] else one["show"]
            builds.append({**built, "shown": {model: shown(engine, model) for model in models}})
    json.dump({"builds": builds}, sys.stdout)


if __name__ == "__main__":
    main()
