#!/usr/bin/env python3
"""Counts the instructions that leadscore takes for small, fixed works, beside those noted in benches/instructions.txt.

    python3 benches/compare/instructions.py            prints the counts and the noted ones
    python3 benches/compare/instructions.py --check    fails where a count is more than 2 % above the noted one
    python3 benches/compare/instructions.py --write    notes the counts

Times need a quiet machine; counts do not. valgrind takes them, of the whole process, on one thread. They depend on the
compiler and a little on the processor, so both are noted too. Data and programs are those of run.py, which makes them.
"""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

from run import Bench, ComparisonError, Runner, machine
from works import LEADSCORE, PROJECT, TINY, Program, Work

NOTED = PROJECT / "benches" / "instructions.txt"
TOLERANCE = 0.02

SCORE = Program("leadscore", [*LEADSCORE.command, "--threads", "1"])
CHECK = Program("leadscore", ["{leadscore}", "check", "{rules}", "--quiet"])
START = Program("leadscore", ["{leadscore}", "--version"])
WORKS = [
    Work("start-up", "start", TINY, "csv", [START]),
    Work("check-1000-rules", "check of 1,000 rules", TINY, "csv", [CHECK], rules=1_000),
    Work("score-csv", "40 rules, CSV", TINY, "csv", [SCORE]),
    Work("score-jsonl", "40 rules, JSON Lines with nested events", TINY, "jsonl", [SCORE]),
    Work("score-parquet", "40 rules, Parquet", TINY, "parquet", [SCORE]),
    Work("score-10-rules", "10 rules, CSV", TINY, "csv", [SCORE], rules=10),
    Work("score-1000-rules", "1,000 rules, CSV", TINY, "csv", [SCORE], rules=1_000),
]


def count(bench, work):
    """The instructions of a work."""
    runner = Runner(bench, work)
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *runner.command(work.programs[0])]
    run = subprocess.run(command, cwd=runner.places["folder"], capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode or not found:
        raise ComparisonError(f"{work.name} under valgrind ended with {run.returncode}:\n{run.stderr[-2000:]}")
    return int(found[1])


def noted():
    """The noted counts, by the names of the works."""
    lines = NOTED.read_text().splitlines() if NOTED.exists() else []
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    return {name: int(number.replace("_", "")) for name, number in rows}


def write(counts):
    """Notes the counts, and where they come from."""
    compiler = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    lines = ["# Instructions of small works: benches/compare/instructions.py.", f"# {compiler}; {machine()}."]
    width = max(map(len, counts))
    lines += [f"{name:<{width}} {number:>15_}" for name, number in counts.items()]
    NOTED.write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="fail where a count grew")
    parser.add_argument("--write", action="store_true", help="note the counts")
    parser.add_argument("--folder", type=Path, default=PROJECT / "target" / "compare", help="that of run.py")
    parser.add_argument("--leadscore", type=Path, help="the program to look at, in place of building it")
    asked = parser.parse_args()
    if not shutil.which("valgrind"):
        raise ComparisonError("valgrind is not installed")
    bench = Bench(asked.folder.resolve(), asked.leadscore)
    bench.prepare()
    before, counts = noted(), {}
    for work in WORKS:
        counts[work.name] = count(bench, work)
        change = counts[work.name] / before[work.name] - 1 if work.name in before else None
        note = "not noted" if change is None else f"{change:+.1%}"
        print(f"{work.name:<18} {counts[work.name]:>15,} {note:>10}  {work.title}", flush=True)
    if asked.write:
        write(counts)
    grown = [name for name, number in counts.items() if name in before and number > before[name] * (1 + TOLERANCE)]
    if asked.check and grown:
        raise ComparisonError(f"more instructions than noted: {', '.join(grown)}")


if __name__ == "__main__":
    try:
        main()
    except ComparisonError as error:
        sys.exit(f"error: {error}")
