"""Workbooks made by hand, part by part, so that any part may be whatever a test wants."""

import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from xml.sax.saxutils import quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MB = 2**20


@dataclass(frozen=True)
class Member:
    """A member of a zip with whatever its header says of it. size: the one that is declared."""

    name: str
    raw: bytes
    crc: int = 0
    size: int = 0
    method: int = 8


def deflated(*pieces: bytes | tuple[bytes, int]) -> bytes:
    """A raw deflate stream; (piece, times) is repeated without being compressed again."""
    stream = b""
    for piece in pieces:
        content, times = piece if isinstance(piece, tuple) else (piece, 1)
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        stream += (packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)) * times
    return stream + b"\x03\x00"


def member(name: str, *pieces: bytes | tuple[bytes, int], size: int | None = None) -> Member:
    """One that is as it says, unless another size is given."""
    crc = true = 0
    for piece in pieces:
        content, times = piece if isinstance(piece, tuple) else (piece, 1)
        for part in repeat(content, times):
            crc, true = zlib.crc32(part, crc), true + len(part)
    return Member(name, deflated(*pieces), crc, true if size is None else size)


def zipped(path: Path, members: Sequence[Member]) -> Path:
    with path.open("wb") as file:
        central = b""
        for m in members:
            name, at = m.name.encode(), file.tell()
            sizes = struct.pack("<IIIHH", m.crc, len(m.raw), min(m.size, 2**32 - 1), len(name), 0)
            file.write(
                b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, m.method, 0, 33) + sizes + name + m.raw
            )
            central += b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, m.method, 0, 33) + sizes
            central += struct.pack("<HHHII", 0, 0, 0, 0, at) + name
        at, count = file.tell(), min(len(members), 2**16 - 1)
        file.write(central)
        file.write(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(central), at, 0))
    return path


def sheet(rows: str, after: str = "") -> bytes:
    return f"<worksheet xmlns='{MAIN}'><sheetData>{rows}</sheetData>{after}</worksheet>".encode()


def inline(*texts: str) -> str:
    cells = "".join(f"<c t='inlineStr'><is><t>{text}</t></is></c>" for text in texts)
    return f"<row>{cells}</row>"


def parts(names: Sequence[str] = ("KUB",), more: Sequence[tuple[str, str]] = ()) -> list[Member]:
    """What a workbook has besides its sheets. more: (kind of relation, member) of other parts."""
    listed = "".join(f"<sheet name={quoteattr(name)} r:id='r{n}'/>" for n, name in enumerate(names))
    book = f"<workbook xmlns='{MAIN}' xmlns:r='{RELATION}'><sheets>{listed}</sheets></workbook>"
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n, _ in enumerate(names)]
    return [
        member("_rels/.rels", relations([("officeDocument", "xl/workbook.xml")])),
        member("xl/_rels/workbook.xml.rels", relations([*targets, *more])),
        member("xl/workbook.xml", book.encode()),
    ]


def relations(targets: Sequence[tuple[str, str]]) -> bytes:
    listed = "".join(
        f"<Relationship Id='r{n}' Type='{RELATION}/{kind}' Target='{target}'/>"
        for n, (kind, target) in enumerate(targets)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f"<Relationships xmlns='{space}'>{listed}</Relationships>".encode()


def book(*pieces: bytes | tuple[bytes, int], size: int | None = None) -> Callable[[Path], Path]:
    """A workbook whose sheet KUB is these bytes."""
    return lambda folder: zipped(
        folder / "a.xlsx", [*parts(), member("xl/worksheets/sheet0.xml", *pieces, size=size)]
    )


def shared(kind: str, name: str, *pieces: bytes | tuple[bytes, int]) -> Callable[[Path], Path]:
    """A workbook whose part of that kind is these bytes."""
    rows = sheet("<row><c t='s' s='1'><v>0</v></c></row>")
    return lambda folder: zipped(
        folder / "a.xlsx",
        [
            *parts(more=[(kind, name)]),
            member("xl/worksheets/sheet0.xml", rows),
            member(f"xl/{name}", *pieces),
        ],
    )


def repeated(piece: str, times: int, after: str = "") -> Callable[[Path], Path]:
    """A workbook whose sheet KUB has this piece so many times among its rows."""
    head, tail = around(after)
    batch = piece.encode() * max(1, MB // len(piece))
    return book(head, (batch, times // max(1, MB // len(piece)) + 1), tail)


def far_apart(quote: str, first: str, last: str) -> Callable[[Path], Path]:
    q = quote
    return book(
        sheet(
            f"<row><c r={q}{first}{q}><v>1</v></c></row><row><c r={q}{last}{q}><v>1</v></c></row>"
        )
    )


def around(after: str = "") -> tuple[bytes, bytes]:
    """What stands before and behind a sheet's rows, or behind `@` in what follows them."""
    head, _, tail = (sheet("", after) if "@" in after else sheet("@", after)).partition(b"@")
    return head, tail
