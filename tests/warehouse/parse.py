"""Parses queries for engines that cannot be run here.

Lines of standard input are JSON objects with a "dialect" of sqlglot and a "query"; for each of them
a line of standard output says in JSON what is wrong with it, or null.
"""

import json
import sys

import sqlglot
from sqlglot import errors, expressions


def problem(dialect, query):
    """What is wrong with a query."""
    try:
        statements = sqlglot.parse(query, dialect=dialect, error_level=errors.ErrorLevel.RAISE)
    except errors.SqlglotError as error:
        return str(error)
    if len(statements) != 1:
        return f"{len(statements)} statements"
    # What it does not understand it passes on as a command.
    if not isinstance(statements[0], (expressions.Select, expressions.Create)):
        return f"no query: {type(statements[0]).__name__}"
    return None


def main():
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps(problem(job["dialect"], job["query"])), flush=True)


if __name__ == "__main__":
    main()
