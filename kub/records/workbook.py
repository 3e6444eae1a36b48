"""An office's file or folder → its sheets as raw columns, with the row numbers that Excel shows.

Only columns of the record format are kept; whatever else a sheet holds (names, NIK, telephone
numbers) is left out while reading and never reaches the database or a message.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kub.records import cells, codes, folder, merged, parts, tabular, unread, xlsx
from kub.records.grid import Grid, Unreadable, no_rows
from kub.records.limits import LIMITS, Limits
from kub.records.problems import Problems
from kub.records.raw import listed
from kub.records.reading import NotRead
from kub.records.sheets import BY_TABLE, SHEETS, plain
from kub.records.source import Source, SourceFile, Upload, UploadedFolder, load, state
from kub.records.tabular import RawSheet as RawSheet

_SHOWN = 12


@dataclass
class Book:
    """One programme's file or folder.

    sheets: by table. files: (name, SHA-256) of each file that was read. broken: tables whose
    rows are not known, because the sheet is missing, unreadable or without its key: nothing can
    refer to them. in_memory: nothing of it may reach the disk. not_read: sheets and files that
    were left. alike: by table, (file, sheet) of those that carry its headings under a name of
    their own.
    """

    name: str
    sheets: dict[str, RawSheet] = field(default_factory=dict)
    files: list[tuple[str, str]] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    in_memory: bool = False
    not_read: list[NotRead] = field(default_factory=list)
    alike: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    left: frozenset[str] = frozenset()


_BY_NAME = {plain(sheet.heading): sheet for sheet in SHEETS}


def open_book(
    path: Source, problems: Problems, limits: Limits = LIMITS, left: frozenset[str] = frozenset()
) -> Book:
    """Reads the known sheets of `path`; of the tables in `left` the headings alone.

    What stands in the way becomes a problem, and its sheet is left out.
    """
    book = Book(path.name, in_memory=not isinstance(path, Path), left=left)
    names: list[str] = []

    def wanted(name: str) -> bool:
        names.append(name)
        return plain(name) in _BY_NAME

    try:
        for file, name, open_grid in _grids(path, wanted, limits):
            _read_sheet(book, file, name, open_grid, problems, limits)
    except Unreadable as error:
        problems.add(error.rule, path.name, **error.values)
        book.broken = set(BY_TABLE)
        book.not_read.append(NotRead(path.name, None, "broken"))
        return book
    # Most files have no other sheets, and are not gone through twice.
    if any(plain(name) not in _BY_NAME for name in names):
        _look_at_others(book, path, limits)
    if isinstance(path, UploadedFolder) or (isinstance(path, Path) and path.is_dir()):
        _tell_extras(book, path, limits, problems)
    _fill_districts(book, problems)
    _tell_alike(book, problems)
    _tell_missing(book, list(dict.fromkeys(names)), problems)
    return book


def _grids(
    path: Source, wanted: Callable[[str], bool], limits: Limits
) -> Iterator[tuple[SourceFile, str, Callable[[], Grid]]]:
    """(file, sheet, how to open it) for each wanted sheet.

    Raises Unreadable if nothing can be read.
    """
    if isinstance(path, UploadedFolder):
        yield from folder.grids(path, wanted)
        return
    if isinstance(path, Path):
        if path.is_dir():
            _refuse_crowded(path, limits.files)
            yield from folder.grids(path, wanted)
            return
        if not path.exists():
            raise Unreadable("no_such_file")
    suffix = path.suffix.lower()
    if suffix in (".csv", ".parquet"):
        raise Unreadable("folder_expected")
    if suffix in (".zip", ".rar", ".7z"):
        raise Unreadable("packed", suffix=suffix)
    if suffix not in (".xlsx", ".xlsm"):
        raise Unreadable("wrong_type", suffix=suffix or path.name)
    # Read once: what is hashed and what is parsed are the same bytes, whatever happens to the file.
    file = path if isinstance(path, Upload) else load(path, limits.file)
    if not file.content:
        raise Unreadable("empty_file")
    for name, open_grid in xlsx.grids(file, wanted, limits):
        yield file, name, open_grid


def _refuse_crowded(folder: Path, most: int) -> None:
    with os.scandir(folder) as entries:
        if any(number >= most for number, _ in enumerate(entries)):
            raise Unreadable("too_many_files", most=most)


def _read_sheet(
    book: Book,
    file: SourceFile,
    name: str,
    open_grid: Callable[[], Grid],
    problems: Problems,
    limits: Limits,
) -> None:
    sheet = _BY_NAME[plain(name)]
    shown = _shown(book, file)
    if sheet.table in book.sheets:
        problems.add("sheet_twice", shown, name, other=book.sheets[sheet.table].name)
        book.not_read.append(NotRead(shown, name, "twice"))
        return
    try:
        # A file that is saved while it is read would be half of each.
        before = _state(file, limits)
        _note_file(book, file, shown)
        grid = open_grid()
        if sheet.table in book.left:
            grid = replace(grid, take=lambda _after, at, _width: no_rows(at))
        raw = tabular.read(sheet, grid, shown, problems)
        if _state(file, limits) != before:
            raise Unreadable("changed_while_read")
    except Unreadable as error:
        problems.add(error.rule, shown, name, **error.values)
        book.broken.add(sheet.table)
        book.not_read.append(NotRead(shown, name, "broken"))
        return
    if raw is None:
        book.not_read.append(NotRead(shown, name, "empty"))
    else:
        book.sheets[sheet.table] = raw
        # Without its key nothing can refer to it: what does is no further problem.
        if not set(sheet.key) <= raw.columns.keys():
            book.broken.add(sheet.table)


def _state(file: SourceFile, limits: Limits) -> tuple[int, ...]:
    if isinstance(file, Path) and file.is_dir():
        return parts.states(file, limits.file)
    return state(file, limits.file)


def _note_file(book: Book, file: SourceFile, shown: str) -> None:
    if isinstance(file, Path) and file.is_dir():
        book.files += [(f"{shown}/{name}", digest) for name, digest in parts.digests(file)]
    elif shown not in dict(book.files):
        with file.open("rb") as bytes_of:
            book.files.append((shown, hashlib.file_digest(bytes_of, "sha256").hexdigest()))


def _fill_districts(book: Book, problems: Problems) -> None:
    """Needs two sheets: the regency's villages tell whether blank
    districts go with the one above.
    """
    kub, programme = book.sheets.get("kub"), book.sheets.get("programme")
    if kub is None or programme is None or "regency_code" not in programme.columns:
        return
    written = [
        cell for cell in listed(programme.columns["regency_code"]) if not cells.is_empty(cell)
    ]
    # Two programmes in a file are a problem of their own.
    code = codes.regency(written[0]) if len(written) == 1 else None
    first = kub.rows[0].as_py() if len(kub.rows) else 0
    filled = merged.districts(kub.columns, code if isinstance(code, str) else None, first)
    if filled:
        kub.columns["district"], entry = filled
        tabular.tell_probable(entry, kub.headings, kub.file, kub.name, problems)


def _shown(book: Book, file: SourceFile) -> str:
    if file.name == book.name:
        return file.name
    return f"{book.name}/{file.name}"


def _look_at_others(book: Book, path: Source, limits: Limits) -> None:
    """Notes the sheets of unknown names, and whose rows they seem to hold.

    On a second way through the file: what they are is no reason to refuse the sheets that are
    known.
    """
    try:
        for file, name, open_grid in _grids(path, lambda name: plain(name) not in _BY_NAME, limits):
            looked = unread.look(name, partial(_opened, file, open_grid, limits))
            book.not_read.append(NotRead(_shown(book, file), name, looked.reason))
            if looked.like:
                book.alike.setdefault(looked.like.table, []).append((_shown(book, file), name))
    except Unreadable:
        book.not_read.append(NotRead(path.name, None, "others"))


def _opened(file: SourceFile, open_grid: Callable[[], Grid], limits: Limits) -> Grid:
    """Open a sheet of a file. Raises Unreadable where it is not a file, or too large."""
    state(file, limits.file)
    return open_grid()


def _tell_alike(book: Book, problems: Problems) -> None:
    """Sheets that may hold records: to be named rightly where there is
    only one such, else to be put together.
    """
    for table, places in book.alike.items():
        alone = len(places) == 1 and table not in book.sheets.keys() | book.broken
        for file, name in places:
            rule = "sheet_misnamed" if alone else "sheet_not_read"
            problems.add(rule, file, name, expected=BY_TABLE[table].heading)
        if table not in book.sheets:
            book.broken.add(table)


def _tell_extras(
    book: Book, path: Path | UploadedFolder, limits: Limits, problems: Problems
) -> None:
    """What lies beside the files of the sheets and may hold records."""
    for extra in unread.extras(path):
        shown = f"{book.name}/{extra.name}"
        rule = unread.holds_records(extra, partial(_sheets_of, limits))
        if rule:
            problems.add(rule, shown)
        reason = "folder" if extra.is_dir() else "file"
        book.not_read.append(NotRead(shown, None, reason))


def _sheets_of(limits: Limits, path: SourceFile) -> Iterator[tuple[str, Callable[[], Grid]]]:
    if path.suffix.lower() in unread.TEXTS:
        state(path, limits.file)
        yield folder.text(path)
    else:
        yield from xlsx.grids(load(path, limits.file), lambda _: True, limits)


def _tell_missing(book: Book, names: list[str], problems: Problems) -> None:
    """Required sheets that are not there, and sheets that others report on."""
    there = book.sheets.keys() | book.broken
    needed = [sheet for sheet in SHEETS if sheet.required]
    needed += [
        BY_TABLE[raw.sheet.of] for raw in book.sheets.values() if raw.sheet.of and len(raw.rows)
    ]
    for sheet in dict.fromkeys(needed):
        if sheet.table not in there:
            problems.add("missing_sheet", book.name, expected=sheet.heading, found=names[:_SHOWN])
            book.broken.add(sheet.table)
