#!/usr/bin/env python3
"""Measures leadscore beside other programs that compute the same scores, and writes docs/performance.md.

    python3 benches/compare/run.py              the works over 100,000 contacts: a few minutes
    python3 benches/compare/run.py --full       all of them: under an hour, 10 GB of disk
    python3 benches/compare/run.py --only csv-1m,parquet-1m
    python3 benches/compare/run.py --list

The first run makes a virtual environment with the versions of requirements.txt, builds leadscore and the programs in
native/ by cargo, and makes the data that is missing. Each work begins with one run of every program, and stops where
their results are not equal, contact by contact. Then come the rounds: in each, every program runs once as a whole
process, from files to a result file, on two cores. The figures are medians; those of works measured before are kept.
"""

import argparse
import json
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from works import DUCKDB, HERE, LEADSCORE, PROJECT, QUICK, WORKS

CORES = 2
PAGE = PROJECT / "docs" / "performance.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


class ComparisonError(Exception):
    """What stops the comparison, in words."""


class Bench:
    """The folder of the comparison, and the programs in it."""

    def __init__(self, folder, leadscore):
        self.folder = folder
        self.python = folder / "venv" / "bin" / "python"
        self.native = folder / "native" / "release"
        self.build = leadscore is None
        self.leadscore = leadscore or PROJECT / "target" / "release" / "leadscore"
        self.results = folder / "results.json"

    def prepare(self):
        """Makes the environment and builds the programs, where they are not up to date."""
        self.folder.mkdir(parents=True, exist_ok=True)
        wanted = (HERE / "requirements.txt").read_text()
        installed = self.folder / "installed.txt"
        if not installed.exists() or installed.read_text() != wanted:
            call([sys.executable, "-m", "venv", self.python.parent.parent])
            call([self.python, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"])
            installed.write_text(wanted)
        if self.build:
            call(["cargo", "build", "--release", "--locked", "--target-dir", PROJECT / "target"], cwd=PROJECT)
        target = ["--target-dir", self.native.parent]
        call(["cargo", "build", "--release", *target], cwd=HERE / "native")

    def data(self, data, form):
        """The folder of a set of data, made where one of its files is missing."""
        folder = self.folder / "data" / data.name
        if not all((folder / file).exists() for file in data.files(form)):
            print(f"making {folder}", flush=True)
            size = ["--contacts", str(data.contacts), "--events-per-contact", str(data.events_per_contact)]
            kind = ["--formats", data.formats, "--id-style", data.id_style]
            call([self.python, HERE / "generate.py", folder, *size, *kind])
        return folder

    def places(self, work):
        """What the places of a program's command stand for in a work."""
        data, folder = self.data(work.data, work.form), self.folder / "work" / work.name
        folder.mkdir(parents=True, exist_ok=True)
        rules, query = PROJECT / "benches" / "fit40.ls", HERE / "peers" / "fit40.sql"
        if work.rules:
            rules, query = folder / "rules.ls", folder / "rules.sql"
            call([self.python, HERE / "rules.py", str(work.rules), rules, query])
        (folder / "leadscore.toml").write_text(project(data, work.form, rules))
        return {
            "leadscore": self.leadscore,
            "python": self.python,
            "native": self.native,
            "peers": HERE / "peers",
            "data": data,
            "form": work.form,
            "rules": rules,
            "query": query,
            "folder": folder,
        }


def project(data, form, rules):
    """The `leadscore.toml` of a work."""
    lines = [f'rules = "{rules}"', "[contacts]", f'path = "{data}/contacts.{form}"']
    if form != "jsonl":
        lines += [
            "[[events]]",
            f'path = "{data}/events.{form}"',
            'contact = "contact_id"',
            'event = "type"',
            'at = "at"',
        ]
    return "\n".join(lines) + "\n"


def call(command, **options):
    """Runs a command that has to succeed."""
    command = [str(word) for word in command]
    try:
        subprocess.run(command, check=True, **options)
    except (OSError, subprocess.CalledProcessError) as error:
        raise ComparisonError(f"{shlex.join(command)}: {error}") from error


class Runner:
    """Runs the programs of one work."""

    def __init__(self, bench, work):
        self.bench, self.work, self.places = bench, work, bench.places(work)
        there = [program for program in work.programs if not program.needs or shutil.which(program.needs)]
        self.programs = there

    def out(self, program):
        """The file that a program writes."""
        name = re.sub(r"\W+", "-", program.name.lower()).strip("-")
        return self.places["folder"] / f"{name}.{'parquet' if self.work.form == 'parquet' else 'csv'}"

    def command(self, program):
        """The words of a program's command."""
        places = self.places | {"out": self.out(program), "limit": program.limit}
        files = [places["data"] / file for file in self.work.data.files(self.work.form)]
        words = (files if word == "{files}" else [word.format(**places)] for word in program.command)
        return [str(part) for parts in words for part in parts]

    def once(self, program):
        """Runs a program: its seconds, the seconds that it tells itself (if it does), its peak memory in bytes."""
        command = self.command(program)
        with tempfile.TemporaryFile() as said:
            start = time.perf_counter()
            process = subprocess.Popen(command, cwd=self.places["folder"], stdout=said, stderr=subprocess.STDOUT)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            words = said.read().decode(errors="replace")
        if process.returncode:
            raise ComparisonError(f"{shlex.join(command)} ended with {process.returncode}:\n{words[-2000:]}")
        if self.work.one_by_one:
            seconds = float(re.search(r"^seconds (\S+)$", words, re.MULTILINE)[1]) / program.limit
        return {"seconds": seconds, "bytes": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)}

    def agreement(self):
        """Runs every program once and compares the results: what `verify.py` says."""
        outs = []
        for program in self.programs:
            self.once(program)
            if program.scores:
                outs.append(self.out(program))
        if len(outs) < 2:
            return []
        longest = [program for program in self.programs if program.scores]
        longest = self.out(max(longest, key=lambda program: program.limit or sys.maxsize))
        others = [out for out in outs if out != longest]
        command = [
            self.bench.python,
            HERE / "verify.py",
            *(["--partial"] if self.work.one_by_one else []),
            longest,
            *others,
        ]
        compared = subprocess.run([str(word) for word in command], capture_output=True, text=True)
        if compared.returncode:
            raise ComparisonError(f"{self.work.name}: the results differ\n{compared.stdout}{compared.stderr}")
        return compared.stdout.splitlines()

    def measure(self, rounds):
        """Checks the agreement, then lets all programs run in turn, round by round."""
        print(f"{self.work.name}: {self.work.title}", flush=True)
        agreement = self.agreement()
        for line in agreement:
            print(f"  {line}", flush=True)
        runs = {program.name: [] for program in self.programs}
        for _ in range(rounds):
            for program in self.programs:
                runs[program.name].append(self.once(program))
        shown = {name: self.shown(program) for name, program in zip(runs, self.programs, strict=True)}
        return {"rounds": rounds, "agreement": agreement[:1], "runs": runs, "commands": shown}

    def shown(self, program):
        """A program's command as one reads it, without the folders of this machine."""
        text = shlex.join(self.command(program))
        for folder, name in ((self.bench.folder, "$BENCH"), (PROJECT, ".")):
            text = text.replace(str(folder), name)
        return text


def machine():
    """The machine in a few words."""
    read, count = {}, os.cpu_count() or 1
    for file in ("cpuinfo", "meminfo"):
        path = Path("/proc") / file
        lines = path.read_text().splitlines() if path.exists() else []
        read |= {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    memory = int(read.get("MemTotal", "0 kB").split()[0]) / 2**20
    processor = read.get("model name", platform.processor() or platform.machine())
    cores = f"{CORES} of {count} cores" if count > CORES else f"{count} cores"
    return f"{processor}, {cores}, {memory:.0f} GB, {platform.system()} {platform.release()}"


def versions(bench):
    """The versions of the programs."""

    def first(*command):
        return subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, check=True
        ).stdout.strip()

    sqlite = first(bench.python, "-c", "import sqlite3; print(sqlite3.sqlite_version)")
    locked = (HERE / "native" / "Cargo.lock").read_text()
    crates = {
        name: re.search(rf'name = "{name}"\nversion = "([^"]+)"', locked)[1] for name in ("cel", "parquet", "memchr")
    }
    pins = re.findall(r"^([\w-]+)==(\S+)$", (HERE / "requirements.txt").read_text(), re.MULTILINE)
    parts = [first(bench.leadscore, "--version"), first("rustc", "--version"), f"Python {platform.python_version()}"]
    parts += [f"{name} {version}" for name, version in pins] + [f"SQLite {sqlite}"]
    return ", ".join(parts) + "; crates " + ", ".join(f"{name} {version}" for name, version in crates.items())


def commit():
    """The commit that is measured, with a star where files are changed."""
    command = ["git", "-C", str(PROJECT)]
    try:
        name = subprocess.run([*command, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True)
        changed = subprocess.run(
            [*command, "status", "--porcelain", "src", "Cargo.lock"], capture_output=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return name.stdout.strip() + ("*" if changed.stdout else "")


def duration(seconds):
    """Seconds with three digits that mean something."""
    for unit, size, above in (("s", 1, 1), ("ms", 1e3, 1e-3), ("µs", 1e6, 0)):
        if seconds >= above:
            number = seconds * size
            return f"{number:,.{2 if number < 10 else 1 if number < 100 else 0}f} {unit}"
    return "0"


def share(ratio):
    """A ratio with the digits that mean something."""
    digits = 3 if ratio < 0.1 else 2 if ratio < 10 else 0
    return f"{ratio:,.{digits}f}"


def overview(works):
    """Leadscore beside DuckDB, a row for each work that both do."""
    lines = ["", "### Beside DuckDB", "", "| work | leadscore | | DuckDB | | times faster |"]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: |")
    for work in WORKS:
        runs = works.get(work.name, {"runs": {}})["runs"]
        if {LEADSCORE.name, DUCKDB.name} <= runs.keys():
            (seconds, memory), (others, more) = (middle(runs[name]) for name in (LEADSCORE.name, DUCKDB.name))
            cells = [duration(seconds), f"{memory / 1e6:,.0f} MB", duration(others), f"{more / 1e6:,.0f} MB"]
            lines.append(f"| {capital(work.title)} | {' | '.join(cells)} | {share(others / seconds)} |")
    return lines if len(lines) > 5 else []


def middle(runs):
    """The median time and the median peak memory of runs."""
    return median(run["seconds"] for run in runs), median(run["bytes"] for run in runs)


def capital(text):
    """A text with its first letter in upper case."""
    return text[0].upper() + text[1:]


def table(name, result):
    """The rows of a work."""
    work = next(work for work in WORKS if work.name == name)
    rows, base = [], None
    for program, runs in result["runs"].items():
        seconds = [run["seconds"] for run in runs]
        time_taken, memory = middle(runs)
        base = base or time_taken
        spread = f"{duration(min(seconds))} to {duration(max(seconds))}"
        rows.append(
            f"| {program} | {duration(time_taken)} | {spread} | {memory / 1e6:,.0f} MB | {share(time_taken / base)} |"
        )
    head = ["", f"### {capital(work.title)}", ""]
    head += [
        "| program | median | least to most | peak memory | times leadscore's |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    return head + rows


def figures(results):
    """The generated part of the page."""
    works = {work.name: results["works"][work.name] for work in WORKS if work.name in results["works"]}
    lines = [BEGIN]
    together = {}
    for name, result in works.items():
        runs = "one run" if result["rounds"] == 1 else f"{result['rounds']} runs"
        where = (result["machine"], result["versions"])
        when = f"on {result['date'][:10]} at commit {result['commit']}, {runs} each"
        together.setdefault(where, {}).setdefault(when, []).append(f"`{name}`")
    for (machine_measured, versions_measured), moments in together.items():
        lines += ["", f"Machine: {machine_measured}.", "", f"Versions: {versions_measured}."]
        for when, names in moments.items():
            lines += ["", f"Measured {when}: {', '.join(names)}."]
    lines += overview(works)
    for name, result in works.items():
        lines += table(name, result)
    lines += ["", "### The commands", "", "`$BENCH` is `target/compare`.", "", "```text"]
    seen = set()
    for name, result in works.items():
        new = [command for command in result["commands"].values() if command not in seen]
        seen.update(new)
        lines += [f"# {name}", *new] if new else []
    return "\n".join([*lines, "```", "", END])


def write_page(results, page):
    """Puts the figures into the page, in place of those that stand there."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(before + figures(results) + after, encoding="utf-8")


def arguments():
    """What to measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="all works")
    parser.add_argument(
        "--only", type=lambda text: text.split(","), metavar="WORKS", help="these works, by their names"
    )
    parser.add_argument("--list", action="store_true", help="tell the works, and stop")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each program (5)")
    parser.add_argument(
        "--folder", type=Path, default=PROJECT / "target" / "compare", help="where data and programs go"
    )
    parser.add_argument("--leadscore", type=Path, help="the program to measure, in place of building it")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write the figures into")
    asked = parser.parse_args()
    unknown = set(asked.only or []) - {work.name for work in WORKS}
    if unknown:
        parser.error(f"no such work: {', '.join(sorted(unknown))}")
    return asked


def main():
    asked = arguments()
    if asked.list:
        for work in WORKS:
            print(f"{work.name:<14} {work.title}{'' if work.name in QUICK else ' (--full)'}")
        return
    bench = Bench(asked.folder.resolve(), asked.leadscore)
    wanted = asked.only or [work.name for work in WORKS if asked.full or work.name in QUICK]
    bench.prepare()
    results = json.loads(bench.results.read_text()) if bench.results.exists() else {"works": {}}
    measured = {"machine": machine(), "versions": versions(bench)}
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    for work in WORKS:
        if work.name in wanted:
            result = Runner(bench, work).measure(asked.rounds)
            result |= measured | {"date": datetime.now(UTC).isoformat(timespec="seconds"), "commit": commit()}
            results["works"][work.name] = result
            print("\n".join(table(work.name, result)), flush=True)
            bench.results.write_text(json.dumps(results, indent=1))
            write_page(results, asked.page)


if __name__ == "__main__":
    try:
        main()
    except ComparisonError as error:
        sys.exit(f"error: {error}")
