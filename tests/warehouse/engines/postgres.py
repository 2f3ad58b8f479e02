"""PostgreSQL: a server of its own, of the newest binaries on this machine."""

import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import time

import psycopg

from cells import quoted

TYPES = {
    "text": "TEXT",
    "integer": "BIGINT",
    "decimal": "DECIMAL(18, 4)",
    "float": "DOUBLE PRECISION",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "timestamptz": "TIMESTAMP WITH TIME ZONE",
}
# Nothing here has to survive a crash, and compiling queries over tiny tables does not pay.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "timezone": "UTC",
    "listen_addresses": "",
}
START_SECONDS = 60
STOP_SECONDS = 10


def binaries():
    """The folder of the server's programs; not every system has them in the search path."""
    found = shutil.which("initdb")
    if found:
        return pathlib.Path(found).resolve().parent
    if shutil.which("pg_config"):
        asked = subprocess.run(["pg_config", "--bindir"], stdout=subprocess.PIPE, text=True)
        folder = pathlib.Path(asked.stdout.strip())
        if (folder / "initdb").exists():
            return folder
    versions = pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: float(path.parts[-3]), default=None)
    if newest is None:
        raise FileNotFoundError("there is no PostgreSQL server on this machine (no initdb)")
    return newest.parent


def server_user():
    """Who runs the server: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise LookupError("the server does not run as root, and there is no user postgres or nobody")


def literal(cell):
    return "NULL" if cell is None else "'" + cell.replace("'", "''") + "'"


class Engine:
    """All tables live in one transaction, because rolling back is the fastest way to drop them."""

    def __init__(self, folder):
        # Unlike the engines in this process the server must be told to stop.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        self.folder = folder
        self.server = self._start_server()
        self.connection = self._connect()

    def _start_server(self):
        rights = {}
        user = server_user()
        if user:
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            rights = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        programs = binaries()
        data = f"{self.folder}/data"
        made = subprocess.run(
            [programs / "initdb", "--pgdata", data, "--username=postgres", "--auth=trust"]
            + ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **rights,
        )
        if made.returncode != 0:
            raise RuntimeError(f"initdb failed:\n{made.stdout}")
        settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
        with open(f"{self.folder}/log", "wb") as log:
            return subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", self.folder, *settings],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                **rights,
            )

    def _connect(self):
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return psycopg.connect(host=self.folder, user="postgres", dbname="postgres")
            except psycopg.OperationalError:
                if self.server.poll() is not None or time.monotonic() > deadline:
                    log = pathlib.Path(self.folder, "log").read_text(errors="replace")
                    raise RuntimeError(f"the server did not start:\n{log}") from None
                time.sleep(0.02)

    def load(self, tables):
        self.connection.rollback()
        statements = [statement for table in tables for statement in self._making(table)]
        if statements:
            self.run("; ".join(statements))

    def _making(self, table):
        name = quoted(table["name"])
        columns = ", ".join(f"{quoted(column)} {TYPES[kind]}" for column, kind in table["columns"])
        yield f"CREATE TABLE {name} ({columns})"
        if table["rows"]:
            rows = ", ".join(f"({', '.join(map(literal, row))})" for row in table["rows"])
            yield f"INSERT INTO {name} VALUES {rows}"

    def run(self, statement):
        self.connection.execute(statement)

    def fetch(self, query):
        cursor = self.connection.execute(query)
        return [column.name for column in cursor.description], cursor.fetchall()

    def close(self):
        self.connection.close()
        self.server.send_signal(signal.SIGINT)
        self.server.wait(STOP_SECONDS)
