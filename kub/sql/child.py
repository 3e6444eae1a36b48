"""The SQL process itself: takes tables, locks itself in, then answers statements on its output
until its input ends.

Once it is ready it can open no file, no socket and no pipe any more (RLIMIT_NOFILE 0), write none,
and take so much memory; the database is locked, knows no path where tables were copied, and each
statement runs in a transaction that only reads.
"""

import contextlib
import os
import sys
import time
from threading import Timer
from typing import IO, Any

import duckdb
import pyarrow as pa

from kub.sql.answer import BATCH, Answer, answer_of
from kub.sql.faults import SqlFault, of_error
from kub.sql.limits import MB
from kub.sql.messages import Header, receive, send
from kub.sql.permitted import Permitted

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
}
# Every kind of value once, so that what Python loads for it is loaded before the files are shut.
_EVERY_KIND = """SELECT 1, 1.5, 1.5::DECIMAL(9, 2), 1::HUGEINT, 'a', DATE '2020-01-01',
TIME '10:00', TIMESTAMP '2020-01-01', TIMESTAMPTZ '2020-01-01', INTERVAL 1 DAY, true, uuid(), [1],
{'a': 1}, MAP {1: 2}, 'a'::BLOB, 'a'::ENUM ('a'), NULL, json_serialize_sql('SELECT 1')"""


class _WithoutPandas:
    """Neither DuckDB nor Arrow needs pandas here, and both would spend a second on loading it."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def main() -> None:
    sys.meta_path.insert(0, _WithoutPandas())
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    requests = sys.stdin.buffer
    # Nothing that a library prints may come between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with contextlib.suppress(EOFError, OSError):
        header, parts = receive(requests)
        con, permitted = _prepared(header, parts)
        parts.clear()
        _shut(int(header["process_mb"]))
        send(answers, {"kind": "ready"})
        while True:
            request, _ = receive(requests)
            _reply(answers, con, permitted, request, str(header.get("attach", "")))


def _prepared(header: Header, parts: list[bytes]) -> tuple[duckdb.DuckDBPyConnection, Permitted]:
    """The database with its tables, locked."""
    con = duckdb.connect(config=CONFIG | {"memory_limit": f"{header['memory_mb']}MB"})
    for name, part in zip(header["tables"], parts, strict=True):
        con.from_arrow(pa.ipc.open_stream(part).read_all()).create(name)
    if header.get("attach"):
        con.execute("ATTACH $path AS file (READ_ONLY)", {"path": header["attach"]})
        for name in header["attached"]:
            stored = con.table(f"file.main.{name}")
            if header["copied"]:
                stored.create(name)
            else:
                stored.create_view(name)
        if header["copied"]:
            con.execute("DETACH file")
    reader = con.sql(_EVERY_KIND).to_arrow_reader(BATCH)
    answer_of(reader, reader.schema, 1, MB)
    reader.close()
    con.execute("SET enable_external_access = false; SET lock_configuration = true")
    return con, Permitted(con, {*header["tables"], *header.get("attached", ())})


def _shut(process_mb: int) -> None:
    """No file opened or written, no more memory than that, no core dump."""
    with contextlib.suppress(ImportError):
        import resource  # not on Windows

        for kind, most in (
            (resource.RLIMIT_DATA, process_mb * MB),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NOFILE, 0),
        ):
            resource.setrlimit(kind, (most, most))


def _reply(
    answers: IO[bytes],
    con: duckdb.DuckDBPyConnection,
    permitted: Permitted,
    request: Header,
    hidden: str,
) -> None:
    # A connection for each statement: what it leaves open or has begun ends with it.
    own = con.cursor()
    timer = Timer(float(request["seconds"]), own.interrupt)
    timer.daemon = True
    timer.start()
    try:
        answer = _answer(own, permitted, request)
        send(answers, {"kind": "answer", "cut": answer.cut, "ms": answer.ms}, [answer.stream()])
    except SqlFault as fault:
        _send_fault(answers, fault)
    except Exception as error:  # noqa: BLE001 whatever it is, the server says it calmly
        _send_fault(answers, of_error(error, str(request["sql"]), hidden))
    finally:
        timer.cancel()
        own.close()


def _answer(con: duckdb.DuckDBPyConnection, permitted: Permitted, request: Header) -> Answer:
    begun = time.perf_counter()
    sql = str(request["sql"])
    permitted.check(sql)
    con.execute("BEGIN TRANSACTION READ ONLY")
    # Not `execute`: that would hold all rows before the first is read.
    reader = con.sql(sql).to_arrow_reader(BATCH)
    answer = answer_of(reader, reader.schema, int(request["rows"]), int(request["bytes"]))
    answer.ms = (time.perf_counter() - begun) * 1000
    return answer


def _send_fault(answers: IO[bytes], fault: SqlFault) -> None:
    values: dict[str, Any] = dict(fault.values)
    send(answers, {"kind": "fault", "rule": fault.rule, "detail": fault.detail, "values": values})


if __name__ == "__main__":
    main()
    # Libraries that tidy up want to open files, and there are none any more.
    os._exit(0)
