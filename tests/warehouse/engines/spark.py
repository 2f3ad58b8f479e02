"""Spark, in one local session."""

from pyspark.sql import SparkSession
from pyspark.sql import types

from cells import arrow_answer, arrow_table

TYPES = {
    "text": types.StringType(),
    "integer": types.LongType(),
    "decimal": types.DecimalType(18, 4),
    "float": types.DoubleType(),
    "boolean": types.BooleanType(),
    "date": types.DateType(),
    "timestamp": types.TimestampNTZType(),
    "timestamptz": types.TimestampType(),
}
# Tables of a few rows are slow only by what happens around them: many partitions, compiled code,
# broadcasts, a server for pages that nobody reads.
SETTINGS = {
    "spark.default.parallelism": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.leafNodeDefaultParallelism": "1",
    "spark.sql.shuffle.partitions": "1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.extraJavaOptions": "-XX:+UseSerialGC",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.log.level": "ERROR",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.session.timeZone": "UTC",
}
STOP_SECONDS = 10


class Engine:
    """Every load has a new session, which costs next to nothing and knows no views."""

    def __init__(self, folder):
        builder = SparkSession.builder.master("local[2]").config(
            map={
                **SETTINGS,
                "spark.local.dir": folder,
                "spark.sql.warehouse.dir": f"{folder}/warehouse",
            }
        )
        self.first = builder.getOrCreate()
        self.session = self.first

    def load(self, tables):
        self.session = self.first.newSession()
        for table in tables:
            fields = [types.StructField(name, TYPES[kind]) for name, kind in table["columns"]]
            rows = self.session.createDataFrame(arrow_table(table), types.StructType(fields))
            rows.createOrReplaceTempView("`" + table["name"].replace("`", "``") + "`")

    def run(self, statement):
        self.session.sql(statement)

    def fetch(self, query):
        return arrow_answer(self.session.sql(query).toArrow())

    def close(self):
        machine = self.first.sparkContext._gateway.proc
        self.first.stop()
        # It ends with its input, and later than this process if nobody waits.
        machine.stdin.close()
        machine.wait(STOP_SECONDS)
