"""Finds sheets and files that carry the headings of the format under another
name: nothing of them is lost in silence.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kub.records import cells, headings, parts
from kub.records.grid import Grid, Unreadable
from kub.records.header import titles
from kub.records.sheets import SHEETS, Sheet, plain
from kub.records.source import Source, SourceFile, UploadedFolder, inside

# Written by programs and systems, never by people.
_NOISE = ("~$", ".", "thumbs.db", "desktop.ini")
WORKBOOKS, TEXTS = (".xlsx", ".xlsm"), (".txt", ".tsv", ".tab")
# May hold records, and cannot be looked into.
_CLOSED = (".xls", ".xlsb", ".ods", ".numbers", ".json", ".zip", ".rar", ".7z")
_MOST_LOOKED_AT = 200


@dataclass(frozen=True)
class Unread:
    """A sheet that was not read. reason: as in kub/records/reading.py.

    like: the sheet whose rows it seems to hold.
    """

    reason: str
    like: Sheet | None = None


def like_name(name: str) -> Sheet | None:
    """The sheet of the format whose name is part of another (`Laporan
    2020`, `KUB lama`), the longest of them.
    """
    near = [sheet for sheet in SHEETS if plain(sheet.heading) in plain(name)]
    return max(near, key=lambda sheet: len(sheet.heading), default=None)


def look(name: str, open_grid: Callable[[], Grid]) -> Unread:
    """What a sheet of an unknown name holds."""
    try:
        grid = open_grid()
    except Unreadable:
        near = like_name(name)
        return Unread("like", near) if near else Unread("other")
    if not grid.top:
        return Unread("empty")
    rows = [titles(row) for _, row in grid.top]
    best = [headings.best_sheet([text for text in row if 0 < len(text) <= 80]) for row in rows]
    at = max(range(len(rows)), key=lambda number: len(best[number][1]))
    sheet, fields = best[at]
    near = like_name(name)
    # Where headings fit both, the name decides: library and microfinance reports look alike.
    if near and sheet is not near:
        own = headings.fields_of(near, rows[at])
        if len(own) >= len(fields):
            sheet, fields = near, own
    # A name that fits makes up for a heading that is missing.
    nearly = sheet is near and headings.missing(sheet, fields) <= 1
    if not (headings.is_complete(sheet, fields) or (nearly and len(fields) > 1)):
        return Unread("other")
    # Headings alone are a template that nobody filled in.
    if not any(not cells.is_empty(cell) for _, row in grid.top[at + 1 :] for cell in row):
        return Unread("empty")
    return Unread("like", sheet)


def extras(folder: Path | UploadedFolder) -> Iterator[Source]:
    """What lies in a folder beside its .csv and .parquet files and folders of parts, but for what
    systems put there.
    """
    for path in inside(folder):
        if parts.is_sheet(path):
            continue
        if not path.name.lower().startswith(_NOISE) and path.suffix.lower() not in (
            ".csv",
            ".parquet",
        ):
            yield path


Sheets = Callable[[SourceFile], Iterable[tuple[str, Callable[[], Grid]]]]


def holds_records(path: Source, sheets_of: Sheets) -> str | None:
    """Why a file or folder beside the sheets may hold records: a rule of the problems; None if it
    seems not to.

    sheets_of: (name, how to open it) of the sheets in a workbook or a file of text; it may raise
    Unreadable.
    """
    if isinstance(path, UploadedFolder) or (isinstance(path, Path) and path.is_dir()):
        if any(map(_is_table, _inside(path))):
            return "folder_not_read"
        return None
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS or suffix in TEXTS:
        rule = "workbook_not_read" if suffix in WORKBOOKS else "text_not_read"
        try:
            looks = [look(name, open_grid) for name, open_grid in sheets_of(path)]
        except Unreadable:
            return "file_not_read" if like_name(path.stem) else None
        return rule if any(entry.like for entry in looks) else None
    if suffix in _CLOSED and like_name(path.stem):
        return "file_not_read"
    return None


def _inside(folder: Path | UploadedFolder) -> Iterator[Source]:
    for count, path in enumerate(folder.rglob("*")):
        if count == _MOST_LOOKED_AT:
            return
        yield path


def _is_table(path: Source) -> bool:
    known = (".csv", ".parquet", *WORKBOOKS, *TEXTS, *_CLOSED)
    return path.suffix.lower() in known and like_name(path.stem) is not None
