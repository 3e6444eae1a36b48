"""What goes between the reading process and the one that asks:
length, then a pickle of plain data.
"""

import pickle
import struct
from collections.abc import Mapping
from dataclasses import is_dataclass, replace
from importlib import import_module
from io import BytesIO
from typing import IO, Any

import pyarrow as pa

from kub.records import Checked, Programme

Message = tuple[Any, ...]
MARK = "mark"  # first of a request to mark a workbook; others are to read one
_LENGTH = struct.Struct(">Q")
_LARGEST = 2**30
_DAYS = frozenset({"date", "datetime", "time", "timedelta"})


def send(pipe: IO[bytes], message: Message) -> None:
    """Write a message. Raises OSError where the other side has ended."""
    content = pickle.dumps(message, protocol=5)
    pipe.write(_LENGTH.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Message:
    """Read a message. Raises EOFError where the other side has ended, UnpicklingError for data that
    is not plain.
    """
    length = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))[0]
    # Whoever took the reading process over could announce any length, and have it allocated here.
    if length > _LARGEST:
        raise pickle.UnpicklingError("message too large")
    message = _PlainData(BytesIO(_exactly(pipe, length))).load()
    if not isinstance(message, tuple):
        raise pickle.UnpicklingError("no message")
    return message


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content


class _PlainData(pickle.Unpickler):
    """Loads days and dataclasses of kub.records alone, so that a reading process in hostile hands
    cannot have other code called here.
    """

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in _DAYS:
            return super().find_class(module, name)
        if module == "kub.records" or module.startswith("kub.records."):
            kind = getattr(import_module(module), name, None)
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module:
                return kind
        raise pickle.UnpicklingError(f"{module}.{name} is not allowed")


def packed(checked: Checked) -> Checked:
    """With its tables as the bytes of Arrow streams."""
    return replace(
        checked, programmes=[_with(programme, _stream) for programme in checked.programmes]
    )


def unpacked(checked: Checked) -> Checked:
    """With its tables as such again. Raises ArrowException for bytes that are no sound table."""
    return replace(
        checked, programmes=[_with(programme, _table) for programme in checked.programmes]
    )


def _with(programme: Programme, change: Any) -> Programme:
    tables: Mapping[str, Any] = programme.tables
    return replace(programme, tables={name: change(table) for name, table in tables.items()})


def _stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    message: bytes = sink.getvalue().to_pybytes()
    return message


def _table(stream: bytes) -> pa.Table:
    with pa.ipc.open_stream(stream) as reader:
        table = reader.read_all()
    # Offsets of a forged stream would read beyond its buffers.
    table.validate(full=True)
    return table
