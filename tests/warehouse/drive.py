"""Runs queries on a real engine, to compare what leadscore computes with what its SQL computes.

    python drive.py ENGINE [--work FOLDER] [--timeout SECONDS]

Jobs come on standard input and answers leave on standard output, one JSON object per line, in the
same order:

    {"id": 1, "tables": [{"name": "t", "columns": [["a", "text"]], "rows": [["x"], [null]]}],
     "setup": ["CREATE VIEW ..."], "query": "SELECT ..."}
    {"id": 1, "columns": ["a"], "rows": [["x"], [null]]}   or   {"id": 1, "error": "..."}

A job without "tables" has those of the job before. What "setup" makes is there for its own job
only. The kinds of columns and the form of cells are described in cells.py.

The engine lives in a process of its own (worker.py): an engine that hangs or crashes costs one
job its answer, and is started again.
"""

import argparse
import contextlib
import json
import os
import pathlib
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ENGINES = ("clickhouse", "datafusion", "duckdb", "postgres", "spark", "sqlite")
WORKER = pathlib.Path(__file__).with_name("worker.py")
START_SECONDS = 180
STOP_SECONDS = 10


class NoAnswer(Exception):
    """The worker hangs or has died; the message says which."""


class Worker:
    """An engine's process, the processes that it started and their folder."""

    def __init__(self, engine, work):
        self.folder = tempfile.mkdtemp(prefix=f"{engine}-", dir=work)
        self.process = subprocess.Popen(
            [sys.executable, WORKER, engine, self.folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Where ClickHouse keeps its files, and forgets them when it is killed.
            env={**os.environ, "TMPDIR": self.folder},
            # One group for all of the engine's processes, so that none of them is forgotten.
            start_new_session=True,
        )

    def started(self):
        """Waits for the engine."""
        self._line(START_SECONDS)

    def answer(self, job, seconds):
        """The worker's answer to a job, as a line."""
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps(job).encode() + b"\n")
            self.process.stdin.flush()
        return self._line(seconds)

    def _line(self, seconds):
        # There is never more than one line in the pipe, hence none that only the buffer knows.
        if not select.select([self.process.stdout], [], [], seconds)[0]:
            raise NoAnswer(f"no answer within {seconds:g} seconds")
        line = self.process.stdout.readline()
        if not line.endswith(b"\n"):
            raise NoAnswer(f"the engine's process died ({self.process.wait()})")
        return line

    def stop(self):
        """Lets the engine end by itself; where it cannot, ends it."""
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        self.kill()

    def kill(self):
        """Ends all processes of the engine and removes its folder."""
        for kind in (signal.SIGTERM, signal.SIGKILL):
            deadline = time.monotonic() + STOP_SECONDS
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, kind)
                while time.monotonic() < deadline:
                    self.process.poll()
                    os.killpg(self.process.pid, 0)
                    time.sleep(0.02)
        shutil.rmtree(self.folder, ignore_errors=True)


class Driver:
    """Answers jobs by a worker, and by a new one when it was lost."""

    def __init__(self, engine, work, seconds):
        self.engine = engine
        self.work = work
        self.seconds = seconds
        self.tables = []
        self.worker = None

    def start(self):
        self.worker = Worker(self.engine, self.work)
        try:
            self.worker.started()
        except NoAnswer as reason:
            sys.exit(f"{self.engine} did not start: {reason}")

    def answer(self, job):
        """The answer to a job, as a line."""
        self.tables = job.get("tables", self.tables)
        if not self.worker:
            self.start()
            job = {**job, "tables": self.tables}
        try:
            return self.worker.answer(job, self.seconds)
        except NoAnswer as reason:
            self.worker.kill()
            self.worker = None
            return json.dumps({"id": job["id"], "error": str(reason)}).encode() + b"\n"

    def stop(self):
        if self.worker:
            self.worker.stop()


def leave(number, _frame):
    """Ends the program by an exception, so that everything is cleaned up."""
    sys.exit(128 + number)


def main():
    parser = argparse.ArgumentParser(description="Runs queries on a real engine.")
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("--work", type=pathlib.Path, help="where the engine's files go")
    parser.add_argument("--timeout", type=float, default=60, help="seconds that a job may take")
    options = parser.parse_args()
    if options.work:
        options.work.mkdir(parents=True, exist_ok=True)

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for number in signals:
        signal.signal(number, leave)
    driver = Driver(options.engine, options.work, options.timeout)
    try:
        driver.start()
        for line in sys.stdin.buffer:
            sys.stdout.buffer.write(driver.answer(json.loads(line)))
            sys.stdout.buffer.flush()
    finally:
        for number in signals:
            signal.signal(number, signal.SIG_IGN)
        driver.stop()


if __name__ == "__main__":
    main()
