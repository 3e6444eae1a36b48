"""The driver's end of the line: runs in Spark's own environment, which has nothing else of ours.

One JSON object a line comes in, one goes out: the first has the settings, every other one a step.
`{"name", "files"}` or `{"name", "sql"}` makes a view; `{"sql", "write"}` has the workers write the
rows of a query as Parquet. `numbered` adds the name of the file and the number of the row in it.
"""

import json
import os
import sys
import time
from threading import Thread
from typing import IO, Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import col


def main() -> None:
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    # Nothing that Spark prints may come between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    Thread(target=_end_with, args=[os.getppid()], daemon=True).start()
    try:
        spark = _session(json.loads(sys.stdin.readline()))
    except Exception as error:  # noqa: BLE001 - Java's, whatever they are
        _answer(answers, {"fault": _first_line(error), "unreachable": True})
        return
    _answer(answers, {"version": spark.version})
    for line in sys.stdin:
        try:
            _step(spark, json.loads(line))
        except Exception as error:  # noqa: BLE001 - the asking process makes a sentence of it
            _answer(answers, {"fault": _first_line(error)})
        else:
            _answer(answers, {})
    spark.stop()


def _end_with(parent: int) -> None:
    """A command that is killed takes its session with it, whatever the cluster is at."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _session(settings: dict[str, str]) -> SparkSession:
    builder = SparkSession.builder
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def _step(spark: SparkSession, step: dict[str, Any]) -> None:
    frame: DataFrame
    if "files" in step:
        frame = spark.read.parquet(*step["files"])
        if step.get("numbered"):
            frame = frame.select(
                "*",
                col("_metadata.file_name").alias("_file"),
                col("_metadata.row_index").alias("_index"),
            )
    else:
        frame = spark.sql(step["sql"])
    if "write" in step:
        # A column of nothing but NULL has no type that Parquet knows.
        for name, kind in frame.dtypes:
            if kind == "void":
                frame = frame.withColumn(name, col(name).cast("string"))
        frame.write.mode("overwrite").parquet(step["write"])
    else:
        frame.createOrReplaceTempView(step["name"])


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:500]


def _answer(answers: IO[str], answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
