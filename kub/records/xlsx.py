"""Excel workbooks → grids."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from operator import itemgetter
from typing import Any

import pyarrow as pa

from kub.records import package
from kub.records.columns import Raw
from kub.records.grid import Grid, Line, Unreadable, Watch, no_rows, peeked, watched
from kub.records.limits import LIMITS, Limits
from kub.records.sheet_values import Workbook
from kub.records.sheet_xml import SheetCells, read_sheet
from kub.records.source import Upload
from kub.records.unreadable import ZIP_FAULTS, damaged


def grids(
    file: Upload, wanted: Callable[[str], bool], limits: Limits = LIMITS
) -> Iterator[tuple[str, Callable[[], Grid]]]:
    """(name, how to open it) of each wanted sheet.

    Raises Unreadable if `file` is not a readable workbook.
    """
    _refuse_old(file)
    with _refused(), zipfile.ZipFile(file.open("rb")) as archive:
        members = package.Members(archive, limits)
        contents = package.contents(members)
        book: Workbook | None = None
        for name, member in contents.sheets:
            if wanted(name):
                # Shared strings may be most of the file: read only if a sheet is wanted, and once.
                book = book or package.workbook(members, contents)
                yield name, partial(_grid, members, name, member, book, name in contents.hidden)


@contextmanager
def _refused() -> Iterator[None]:
    """Faults of the file itself, as Unreadable."""
    try:
        yield
    except (*ZIP_FAULTS, OSError) as error:
        raise damaged(error) from error


_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def _refuse_old(file: Upload) -> None:
    """Excel keeps a workbook with a password, and the old .xls, in another container than a zip."""
    if file.content.startswith(_OLE):
        # The name of a stream of the container; the rest of an encrypted file cannot be read.
        encrypted = "EncryptedPackage".encode("utf-16-le") in file.content
        if encrypted:
            raise Unreadable("encrypted")
        raise Unreadable("wrong_type", suffix=".xls")


def _grid(members: package.Members, name: str, member: str, book: Workbook, hidden: bool) -> Grid:
    with _refused():
        sheet = read_sheet(members.chunks(member), book, members.limits)
    # One stray cell in the last row would make a million blank ones.
    if sheet.height * sheet.width > members.limits.area:
        raise Unreadable("stray_cells", rows=sheet.height, columns=sheet.width)
    top, rows = peeked(_lines(sheet))
    watch = Watch()
    take = partial(_take, rows, watch)
    return Grid(
        name, top, take, merged=sheet.merged, cells=sheet.filled, watch=watch, hidden=hidden
    )


def _lines(sheet: SheetCells) -> Iterator[tuple[int, list[Any]]]:
    """(number, cells) of every row down to the last filled one, all equally wide."""
    blank = [""] * sheet.width
    for number in range(1, sheet.height + 1):
        # Popped: cells that were taken need not stay in memory.
        row = sheet.rows.pop(number, blank)
        yield number, row if len(row) == sheet.width else row + blank[len(row) :]


def _take(
    rows: Iterator[Line], watch: Watch, after: int, at: Sequence[int], _width: int
) -> tuple[list[Raw], pa.Array]:
    if not at:
        return no_rows(at)
    # With one position more itemgetter gives a tuple also for a single column.
    pick = itemgetter(*at, at[0])
    columns = [
        list(column)
        for column in zip(*(pick(row) for _, row in watched(rows, after, watch)), strict=True)
    ]
    if not columns:
        return no_rows(at)
    return [*columns[: len(at)]], pa.array(
        range(after + 1, after + 1 + len(columns[0])), pa.int32()
    )
