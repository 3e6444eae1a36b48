"""What goes between a server and its SQL process: JSON and bytes of Arrow streams, nothing that
could be run.
"""

import json
import struct
from collections.abc import Sequence
from typing import IO, Any

_LENGTHS = struct.Struct(">II")
_LARGEST = 2**30
Header = dict[str, Any]


def send(pipe: IO[bytes], header: Header, parts: Sequence[bytes] = ()) -> None:
    """Write a message. Raises OSError where the other side has ended."""
    text = json.dumps({**header, "parts": [len(part) for part in parts]}).encode()
    pipe.write(_LENGTHS.pack(len(text), sum(map(len, parts))))
    pipe.write(text)
    for part in parts:
        pipe.write(part)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[Header, list[bytes]]:
    """Read a message. Raises EOFError where the other side has ended, ValueError for no message."""
    size, rest = _LENGTHS.unpack(_exactly(pipe, _LENGTHS.size))
    # Whoever took the process over could announce any length, and have it allocated here.
    if size + rest > _LARGEST:
        raise ValueError("message too large")
    header = json.loads(_exactly(pipe, size))
    content = memoryview(_exactly(pipe, rest))
    parts, at = [], 0
    for length in header["parts"]:
        parts.append(bytes(content[at : at + int(length)]))
        at += int(length)
    return header, parts


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content
