"""The rows of a statement as a table of plain columns: whole numbers, numbers, texts, dates, points
of time, yes or no.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from kub.sql.faults import SqlFault

BATCH = 2_048  # rows, as DuckDB makes them


@dataclass
class Answer:
    """table: columns under the names of the statement, which may repeat. cut: "rows" or "bytes"
    where more rows were left out. ms: in the process, without waiting for a turn.
    """

    table: pa.Table
    cut: str = ""
    ms: float = 0.0

    def stream(self) -> bytes:
        """The table as the bytes of an Arrow stream."""
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, self.table.schema) as writer:
            writer.write_table(self.table)
        content: bytes = sink.getvalue().to_pybytes()
        return content


def table_of(stream: bytes) -> pa.Table:
    """The table of such bytes. Raises pa.ArrowException for bytes that are no sound table."""
    with pa.ipc.open_stream(stream) as reader:
        table = reader.read_all()
    # Offsets of a forged stream would read beyond its buffers.
    table.validate(full=True)
    return table


def answer_of(reader: Iterable[pa.RecordBatch], schema: pa.Schema, most: int, size: int) -> Answer:
    """The first rows of a reader: at most so many, and so many bytes.

    Raises SqlFault where a single row is larger than that.
    """
    batches: list[pa.RecordBatch] = []
    rows, cut = 0, ""
    for batch in reader:
        held = batch
        if rows + len(held) > most:
            cut, held = "rows", held.slice(0, most - rows)
        if held.nbytes > size:
            cut, held = "bytes", held.slice(0, _fitting(held, size))
        batches.append(held)
        rows, size = rows + len(held), size - held.nbytes
        if cut:
            break
    if cut and not rows:
        raise SqlFault("large")
    table = pa.Table.from_batches(batches, schema)
    return Answer(pa.Table.from_arrays(list(map(_plain, table.columns)), schema.names), cut)


def distinct(names: Sequence[str]) -> list[str]:
    """The names, each once: what stands a second time gets a number."""
    taken: set[str] = set()
    listed = []
    for name in names:
        candidate, number = name or "_", 1
        while candidate.casefold() in taken:
            number += 1
            candidate = f"{name}_{number}"
        taken.add(candidate.casefold())
        listed.append(candidate)
    return listed


def _fitting(batch: pa.RecordBatch, size: int) -> int:
    """How many of its first rows fit, by halves."""
    rows = len(batch)
    while rows and batch.slice(0, rows).nbytes > size:
        rows //= 2
    return rows


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Of the type that suits; as text where there is none for its values."""
    wanted = _wanted(column.type)
    try:
        if wanted is not None:
            return column.cast(wanted)
    except pa.ArrowInvalid:  # a sum of more than 19 digits, a year beyond 9999
        pass
    return pa.chunked_array([[_text(value) for value in column.to_pylist()]], pa.string())


def _wanted(kind: pa.DataType) -> pa.DataType | None:
    types = pa.types
    if types.is_integer(kind) or (types.is_decimal(kind) and kind.scale == 0):
        return pa.int64()
    if types.is_floating(kind) or types.is_decimal(kind):
        return pa.float64()
    if types.is_timestamp(kind):
        return pa.timestamp("us")  # of UTC where it has a zone
    if types.is_boolean(kind) or types.is_date32(kind):
        return kind
    if types.is_string(kind) or types.is_large_string(kind) or types.is_null(kind):
        return pa.string()
    return pa.string() if types.is_dictionary(kind) else None


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, default=_text, ensure_ascii=False)
    return str(value)
