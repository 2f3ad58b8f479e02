"""Holds one engine and answers jobs, one line each; started by drive.py.

    python worker.py ENGINE FOLDER

The first line of the output says that the engine has started.
"""

import importlib
import json
import os
import queue
import shutil
import signal
import sys
import threading
import time

from cells import written

ABANDONED_SECONDS = 5
# Spark tells plans and stacks.
LONGEST_MESSAGE = 2000


class Jobs:
    """Answers jobs on an engine, and knows which tables are in it."""

    def __init__(self, engine):
        self.engine = engine
        self.tables = []
        self.loaded = False

    def answer(self, job):
        """What the engine says about a job. An error is an answer, too."""
        if "tables" in job:
            self.tables = job["tables"]
            self.loaded = False
        setup = job.get("setup", [])
        try:
            if not self.loaded:
                self.engine.load(self.tables)
                self.loaded = True
            for statement in setup:
                self.engine.run(statement)
            columns, rows = self.engine.fetch(job["query"])
            rows = [[written(cell) for cell in row] for row in rows]
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic of DataFusion is not an Exception
            self.loaded = False
            message = str(error).strip() or repr(error)
            return {"id": job["id"], "error": message[:LONGEST_MESSAGE]}
        self.loaded = self.loaded and not setup
        return {"id": job["id"], "columns": columns, "rows": rows}


def lines_of_input():
    """The lines of the input until its end.

    A thread of its own notices the end even while the engine is busy: drive.py may have been
    killed, and nobody else would end an engine that does not come back.
    """
    lines = queue.Queue()

    def read():
        # Not sys.stdin, which Python could not close at its end while this thread reads it.
        for line in open(0, "rb", closefd=False):
            lines.put(line)
        lines.put(None)
        time.sleep(ABANDONED_SECONDS)
        os.killpg(0, signal.SIGTERM)

    threading.Thread(target=read, daemon=True).start()
    return iter(lines.get, None)


def main():
    name, folder = sys.argv[1:]
    os.environ["TZ"] = "UTC"
    time.tzset()

    # Nothing but answers may get to the standard output, whatever an engine prints.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    engine = importlib.import_module(f"engines.{name}").Engine(folder)
    try:
        jobs = Jobs(engine)
        print("started", file=answers, flush=True)
        for line in lines_of_input():
            print(json.dumps(jobs.answer(json.loads(line))), file=answers, flush=True)
    finally:
        engine.close()
        # drive.py does the same, unless it was killed.
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
