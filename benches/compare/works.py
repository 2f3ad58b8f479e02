"""The works of the comparison: which data, which rules, which programs."""

from dataclasses import dataclass, field, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
AS_OF = "2026-10-31"


@dataclass(frozen=True)
class Data:
    """A folder of data: how `generate.py` makes it."""

    name: str
    contacts: int
    events_per_contact: int
    formats: str = "parquet,csv,jsonl"
    id_style: str = "short"

    def files(self, form):
        """The files of a format."""
        return [f"contacts.{form}"] if form == "jsonl" else [f"contacts.{form}", f"events.{form}"]


TINY = Data("tiny", 2_000, 20)
SMALL = Data("100k-20", 100_000, 20)
LARGE = Data("1m-20", 1_000_000, 20)
UUID = Data("1m-20-uuid", 1_000_000, 20, "parquet", "uuid")
FEW = Data("1m-2", 1_000_000, 2, "parquet")
MANY = Data("1m-100", 1_000_000, 100, "parquet")
WIDE = Data("10m-2", 10_000_000, 2, "parquet")


@dataclass(frozen=True)
class Program:
    """A program: its name in the table, and the words of its command with places for what differs.

    The places: {leadscore}, {python}, {native}, {peers} (where the programs are), {data} (the folder), {form}, {rules},
    {query}, {out} (the file to write) and {limit}. A word {files} is as many words as the data has files.
    """

    name: str
    command: list[str]
    # Whether it writes scores, which then have to be those of all others.
    scores: bool = True
    # The contacts that it takes at most; no more are read.
    limit: int | None = None
    # What it needs besides the others: a command of the machine.
    needs: str | None = None


def peer(name, script, *more):
    """A program of peers/."""
    return Program(name, ["{python}", "{peers}/" + script, "{data}", "{form}", "{out}", *more])


LEADSCORE = Program("leadscore", ["{leadscore}", "score", "--as-of", AS_OF, "--quiet", "-o", "{out}"])
DUCKDB = peer("DuckDB", "duckdb_sql.py", "{query}")
CLICKHOUSE = peer("ClickHouse (chdb)", "clickhouse_sql.py")
DATAFUSION = peer("DataFusion", "datafusion_sql.py")
POLARS = peer("Polars", "polars_lazy.py")
PANDAS = peer("pandas", "pandas_groupby.py")
SQLITE = peer("SQLite", "sqlite_sql.py")
PYTHON = peer("plain Python", "plain_python.py")
DECODE = Program("the columns decoded, no more", ["{native}/decode", "{data}"], scores=False)
LINES = Program("the line ends found, no more", ["{native}/lines", "{files}"], scores=False)
COUNTED = Program("`wc -l`", ["wc", "-l", "{files}"], scores=False, needs="wc")
ENGINES = [LEADSCORE, DUCKDB, CLICKHOUSE, DATAFUSION, POLARS]


@dataclass(frozen=True)
class Work:
    """A row of the comparison: one thing to do, and who does it. The first program is leadscore."""

    name: str
    title: str
    data: Data
    form: str
    programs: list[Program] = field(default_factory=lambda: [LEADSCORE, DUCKDB])
    # How many rules `rules.py` writes; those of fit40.ls where none are asked for.
    rules: int | None = None
    # Whether the programs tell the seconds that a part of them took, for contacts one by one.
    one_by_one: bool = False


ONE_BY_ONE = [
    Program("leadscore (library)", ["{native}/one", "{rules}", "{data}", "{out}", "{limit}"], limit=20_000),
    replace(peer("plain Python", "plain_python.py", "{limit}"), limit=20_000),
    Program("CEL (Rust)", ["{native}/cel", "{data}", "{form}", "{out}", "{limit}"], limit=2_000),
    replace(peer("GoRules Zen (Python)", "zen_rules.py", "{limit}"), limit=2_000),
    replace(peer("CEL (Python)", "cel_python.py", "{limit}"), limit=20),
]
CHECK = [Program("leadscore", ["{leadscore}", "check", "{rules}", "--quiet"], scores=False)]
START = [
    Program("leadscore", ["{leadscore}", "--version"], scores=False),
    Program("Python with DuckDB imported", ["{python}", "-c", "import duckdb"], scores=False),
]

WORKS = [
    Work(
        "parquet-100k", "Parquet, 100,000 contacts and 2 million events", SMALL, "parquet", [*ENGINES, PANDAS, DECODE]
    ),
    Work("csv-100k", "CSV, 100,000 and 2 million", SMALL, "csv", [*ENGINES, PANDAS, SQLITE, LINES, COUNTED]),
    Work(
        "jsonl-100k",
        "JSON Lines with nested events, 100,000 and 2 million",
        SMALL,
        "jsonl",
        [LEADSCORE, DUCKDB, PYTHON, LINES],
    ),
    Work("rules-10", "10 rules, Parquet, 100,000 and 2 million", SMALL, "parquet", rules=10),
    Work("rules-100", "100 rules, the same data", SMALL, "parquet", rules=100),
    Work("one-by-one", "contacts one by one, 40 rules, 20 events each", SMALL, "jsonl", ONE_BY_ONE, one_by_one=True),
    Work("check-1000", "`check` of 1,000 rules", SMALL, "parquet", CHECK, rules=1_000),
    Work("start-up", "start-up", SMALL, "parquet", START),
    Work("parquet-1m", "Parquet, 1 million contacts and 20 million events", LARGE, "parquet", [*ENGINES, DECODE]),
    Work("csv-1m", "CSV, 1 million and 20 million", LARGE, "csv", [*ENGINES, LINES, COUNTED]),
    Work(
        "jsonl-1m",
        "JSON Lines with nested events, 1 million and 20 million",
        LARGE,
        "jsonl",
        [LEADSCORE, DUCKDB, LINES],
    ),
    Work("uuid-1m", "Parquet, 1 million and 20 million, ids are UUIDs", UUID, "parquet", [*ENGINES, DECODE]),
    Work("rules-1000", "1,000 rules, Parquet, 100,000 and 2 million", SMALL, "parquet", rules=1_000),
    Work("events-2m", "Parquet, 1 million contacts and 2 million events", FEW, "parquet"),
    Work("events-100m", "Parquet, 1 million contacts and 100 million events", MANY, "parquet"),
    Work("contacts-10m", "Parquet, 10 million contacts and 20 million events", WIDE, "parquet"),
]
# What runs where nothing else is asked for: a few minutes, less than a gigabyte.
QUICK = [work.name for work in WORKS if work.data is SMALL and work.rules != 1_000 or work.name == "check-1000"]
