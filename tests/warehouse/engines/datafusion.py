"""DataFusion."""

import datafusion

from cells import arrow_answer, arrow_table, quoted


class Engine:
    """Every load has a new context: it costs half a millisecond and forgets everything."""

    def __init__(self, _folder):
        self.context = None

    def load(self, tables):
        # More partitions only slow down tiny tables.
        self.context = datafusion.SessionContext(
            datafusion.SessionConfig().with_target_partitions(1)
        )
        for table in tables:
            self.context.from_arrow(arrow_table(table), quoted(table["name"]))

    def run(self, statement):
        self.context.sql(statement).collect()

    def fetch(self, query):
        return arrow_answer(self.context.sql(query).to_arrow_table())

    def close(self):
        pass
