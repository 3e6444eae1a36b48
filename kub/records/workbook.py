"""An office's file or folder → its sheets as raw columns, with the row numbers that Excel shows.

Only columns of the record format are kept; whatever else a sheet holds (names, NIK, telephone
numbers) is left out while reading and never reaches the database or a message.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from kub.records import folder, xlsx
from kub.records.columns import Raw
from kub.records.grid import Grid, Unreadable
from kub.records.limits import LIMITS, Limits
from kub.records.problems import Problems
from kub.records.source import Source, Upload, load
from kub.sheets import BY_TABLE, SHEETS, Sheet, plain

_SHOWN = 12


@dataclass(frozen=True)
class RawSheet:
    """One sheet as read: columns and headings (as written) by field, rows as Excel numbers them."""

    sheet: Sheet
    file: str
    name: str
    columns: dict[str, Raw]
    headings: dict[str, str]
    rows: pa.Array


@dataclass
class Book:
    """One programme's file or folder.

    sheets: by table. files: (name, SHA-256) of each file that was read. broken: tables whose rows are
    not known, because the sheet is missing, unreadable or without its key: nothing can refer to them.
    in_memory: nothing of it may reach the disk.
    """

    name: str
    sheets: dict[str, RawSheet] = field(default_factory=dict)
    files: list[tuple[str, str]] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    in_memory: bool = False


_BY_NAME = {plain(sheet.heading): sheet for sheet in SHEETS}


def open_book(path: Source, problems: Problems, limits: Limits = LIMITS) -> Book:
    """Reads the known sheets of `path`. What stands in the way becomes a problem, and its sheet is left out."""
    book = Book(path.name, in_memory=isinstance(path, Upload))
    names: list[str] = []

    def wanted(name: str) -> bool:
        names.append(name)
        return plain(name) in _BY_NAME

    try:
        for file, name, open_grid in _grids(path, wanted, limits):
            _read_sheet(book, file, name, open_grid, problems)
    except Unreadable as error:
        problems.add(error.rule, path.name, **error.values)
        book.broken = set(BY_TABLE)
        return book
    _tell_missing(book, list(dict.fromkeys(names)), problems)
    return book


def _grids(
    path: Source, wanted: Callable[[str], bool], limits: Limits
) -> Iterator[tuple[Source, str, Callable[[], Grid]]]:
    """(file, sheet, how to open it) for each wanted sheet. Raises Unreadable if nothing can be read."""
    if isinstance(path, Path):
        if path.is_dir():
            yield from folder.grids(path, wanted)
            return
        if not path.exists():
            raise Unreadable("no_such_file")
    suffix = path.suffix.lower()
    if suffix in (".csv", ".parquet"):
        raise Unreadable("folder_expected")
    if suffix not in (".xlsx", ".xlsm"):
        raise Unreadable("wrong_type", suffix=suffix or path.name)
    # Read once: what is hashed and what is parsed are the same bytes, whatever happens to the file.
    file = path if isinstance(path, Upload) else load(path, limits.file)
    if not file.content:
        raise Unreadable("empty_file")
    for name, open_grid in xlsx.grids(file, wanted, limits):
        yield file, name, open_grid


def _read_sheet(book: Book, file: Source, name: str, open_grid: Callable[[], Grid], problems: Problems) -> None:
    sheet = _BY_NAME[plain(name)]
    shown = file.name if file.name == book.name else f"{book.name}/{file.name}"
    _note_file(book, file, shown)
    if sheet.table in book.sheets:
        problems.add("sheet_twice", shown, name, other=book.sheets[sheet.table].name)
        return
    try:
        raw = _raw_sheet(sheet, open_grid(), shown, problems)
    except Unreadable as error:
        problems.add(error.rule, shown, name, **error.values)
        book.broken.add(sheet.table)
        return
    if raw is not None:
        book.sheets[sheet.table] = raw
        if not set(sheet.key) <= raw.columns.keys():
            book.broken.add(sheet.table)


def _note_file(book: Book, file: Source, shown: str) -> None:
    if shown not in dict(book.files):
        with file.open("rb") as bytes_of:
            book.files.append((shown, hashlib.file_digest(bytes_of, "sha256").hexdigest()))


def _raw_sheet(sheet: Sheet, grid: Grid, file: str, problems: Problems) -> RawSheet | None:
    """The columns of the format that the sheet has; None for an optional sheet that is blank."""
    if not grid.headings and not sheet.required:
        return None
    at: dict[str, list[int]] = {}
    for position, heading in enumerate(grid.headings):
        at.setdefault(plain(heading), []).append(position)
    headings = {column.field: column.heading for column in sheet.columns}
    found = {name: at[plain(heading)] for name, heading in headings.items() if plain(heading) in at}
    written = [heading for heading in grid.headings if heading][:_SHOWN]
    for column in sheet.columns:
        if column.required and column.field not in found:
            problems.add("missing_heading", file, grid.name, None, column.heading, found=written)
    if sheet.one_of and not found.keys() & set(sheet.one_of):
        problems.add("missing_heading", file, grid.name, None, headings[sheet.one_of[0]], found=written)
    for name, positions in found.items():
        if len(positions) > 1:
            problems.add("heading_twice", file, grid.name, None, headings[name], count=len(positions))
    once = {name: positions[0] for name, positions in found.items() if len(positions) == 1}
    columns, rows = grid.take(list(once.values()))
    names = {name: grid.headings[position] for name, position in once.items()}
    return RawSheet(sheet, file, grid.name, dict(zip(once, columns, strict=True)), names, rows)


def _tell_missing(book: Book, names: list[str], problems: Problems) -> None:
    """Required sheets that are not there, and sheets that others report on."""
    there = book.sheets.keys() | book.broken
    needed = [sheet for sheet in SHEETS if sheet.required]
    needed += [BY_TABLE[raw.sheet.of] for raw in book.sheets.values() if raw.sheet.of and len(raw.rows)]
    for sheet in dict.fromkeys(needed):
        if sheet.table not in there:
            problems.add("missing_sheet", book.name, expected=sheet.heading, found=names[:_SHOWN])
            book.broken.add(sheet.table)
