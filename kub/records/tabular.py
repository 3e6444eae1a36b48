"""A grid → the columns of a sheet of the format, and what
stands around them: reported, and taken out.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
from xlsxwriter.utility import xl_col_to_name

from kub.records import asides, header, headings, merged, totals
from kub.records.columns import Raw
from kub.records.grid import Grid
from kub.records.header import Header
from kub.records.problems import Problems
from kub.records.raw import without
from kub.records.reading import LeftOut, SheetRead
from kub.records.sheets import Sheet

_SHOWN = 12
# A sheet without headings shows its first record in their place: numbers of people are not
# repeated.
_NUMBER = re.compile(r"\d{5}|\d[\d .-]{8}")


@dataclass(frozen=True)
class RawSheet:
    """One sheet as read: columns and headings (as written) by field, rows as Excel numbers them."""

    sheet: Sheet
    file: str
    name: str
    columns: dict[str, Raw]
    headings: dict[str, str]
    rows: pa.Array
    read: SheetRead


@dataclass(frozen=True)
class _Location:
    """The file and sheet of a problem, and where problems are collected."""

    file: str
    sheet: str
    problems: Problems

    def tell(
        self, rule: str, row: int | None = None, column: str | None = None, **values: object
    ) -> None:
        value = values.pop("value", None)
        self.problems.add(rule, self.file, self.sheet, row, column, value, **values)


def read(sheet: Sheet, grid: Grid, file: str, problems: Problems) -> RawSheet | None:
    """The columns of the format that the sheet has; None for an optional sheet that is blank.

    Raises Unreadable.
    """
    top = header.find(sheet, grid.top)
    if top is None and not sheet.required:
        return None
    top = top or Header(0, 0, ())
    place = _Location(file, grid.name, problems)
    positions = _positions(sheet, top.titles)
    _tell_headings(sheet, top, positions, place)
    split = header.split(sheet, top)
    # Only columns that stand once and whole: of two with one heading neither can be chosen.
    once = {name: at[0] for name, at in positions.items() if len(at) == 1 and at[0] not in split}
    unnamed = _unnamed(top)
    if once:
        grid.watch.key = once[totals.key_of(sheet, once)]
    grid.watch.unnamed |= unnamed
    taken, rows = grid.take(top.row, list(once.values()), len(top.titles))
    columns = dict(zip(once, taken, strict=True))
    written = {name: top.titles[position] for name, position in once.items()}
    first = top.row + 1
    _fill_merged(sheet, columns, once, first, grid, written, place)
    left_out = _take_out(sheet, columns, written, first, grid, place)
    for entry in merged.probable(sheet, columns, first):
        tell_probable(entry, written, place.file, place.sheet, problems)
    _tell_short(grid, left_out, place)
    left_out += tuple(LeftOut("second", (row,)) for row, _ in top.second)
    if top.numbers:
        left_out += (LeftOut("numbers", (top.numbers,)),)
    letters = _tell_unnamed(grid, top, set(once.values()), place)
    unread = _tell_unread(sheet, top, positions, place)
    kept = {column.field: column.heading for column in sheet.columns}
    named = tuple((written[name], kept[name]) for name in once)
    shown = SheetRead(
        file, grid.name, sheet.table, named, unread, letters, left_out, hidden=grid.hidden
    )
    return RawSheet(sheet, file, grid.name, columns, written, rows, shown)


def _positions(sheet: Sheet, titles: Sequence[str]) -> dict[str, list[int]]:
    """By field, in the order of the format, where the sheet has a heading for it."""
    at: dict[str, list[int]] = {}
    for position, heading in enumerate(titles):
        if heading and (name := headings.field_of(sheet, heading)):
            at.setdefault(name, []).append(position)
    return {column.field: at[column.field] for column in sheet.columns if column.field in at}


def _tell_headings(
    sheet: Sheet, top: Header, positions: Mapping[str, list[int]], place: _Location
) -> None:
    """Headings over two rows make one problem, whatever else is missing or twice because of it."""
    if top.numbers:
        place.tell("column_numbers", top.numbers)
    if top.second:
        seen = [text for _, texts in top.second for text in texts if text]
        place.tell("heading_rows", top.second[0][0], first=top.first, seen=seen[:_SHOWN])
        return
    known = {column.field: column.heading for column in sheet.columns}
    seen = [shown(text, at) for at, text in enumerate(top.titles) if text][:_SHOWN]
    missing = [
        expected.field
        for expected in sheet.columns
        if expected.required and expected.field not in positions
    ]
    if sheet.any_of and not positions.keys() & set(sheet.any_of):
        missing.append(sheet.any_of[0])
    for name in missing:
        place.tell("missing_heading", None, known[name], found=seen)
    for name, at in positions.items():
        if len(at) > 1:
            written = [top.titles[position] for position in at]
            place.tell("heading_twice", None, known[name], written=written, count=len(at))


def shown(heading: str, position: int) -> str:
    """A heading, or the letter of its column where it may be a value."""
    return xl_col_to_name(position) if _NUMBER.search(heading) or len(heading) > 80 else heading


def _unnamed(top: Header) -> set[int]:
    """Positions under which something may stand without a heading."""
    last = max((at for at, title in enumerate(top.titles) if title), default=-1)
    second = {at for _, texts in top.second for at, text in enumerate(texts) if text}
    blank = {at for at, title in enumerate(top.titles) if not title} | {last + 1}
    if last >= 0:
        return {at for at in blank if at <= last + 1} - second
    return set()


def _tell_unnamed(grid: Grid, top: Header, known: set[int], place: _Location) -> tuple[str, ...]:
    """Letters of the filled columns without a heading; a warning
    for each beside one that is read.
    """
    for at in sorted(grid.watch.filled):
        before = at - 1
        while before in grid.watch.filled:
            before -= 1
        beside = before if before in known else at + 1
        if beside in known:
            place.tell("column_unnamed", top.row, xl_col_to_name(at), beside=top.titles[beside])
    return tuple(xl_col_to_name(at) for at in sorted(grid.watch.filled))


def _tell_unread(
    sheet: Sheet, top: Header, positions: Mapping[str, list[int]], place: _Location
) -> tuple[str, ...]:
    """The headings that are not read; a warning for each that
    comes near a column which is absent.
    """
    read_at = {at for places in positions.values() for at in places}
    unread = [(at, text) for at, text in enumerate(top.titles) if text and at not in read_at]
    absent = {
        column.field
        for column in sheet.columns
        if not column.required and column.field not in positions
    } - {"is_sample"}
    if positions.keys() & set(sheet.any_of):
        absent -= {*sheet.any_of, "district"}
    known = {column.field: column.heading for column in sheet.columns}
    for at, text in unread:
        field = headings.resembled(sheet, text, absent) if read_at and not top.second else None
        if field:
            place.tell(
                headings.why_unread(sheet, text), top.row, shown(text, at), expected=known[field]
            )
    if read_at:
        return tuple(shown(text, at) for at, text in unread)
    return ()


def _fill_merged(
    sheet: Sheet,
    columns: Mapping[str, Raw],
    positions: Mapping[str, int],
    first: int,
    grid: Grid,
    written: Mapping[str, str],
    place: _Location,
) -> None:
    filled, numbers = merged.fill(sheet, columns, positions, first, grid.merged)
    for rule, entries in (("merged_filled", filled), ("merged_number", numbers)):
        for entry in entries:
            rows = merged.spans(entry.rows)
            place.tell(rule, entry.rows[0], written[entry.field], rows=rows, count=len(entry.rows))


def tell_probable(
    entry: merged.Filled, written: Mapping[str, str], file: str, sheet: str, problems: Problems
) -> None:
    """Add the problem of a column that seems to be filled from merged cells."""
    rows = merged.spans(entry.rows)
    heading = written[entry.field]
    problems.add(
        "merged_probably", file, sheet, entry.rows[0], heading, rows=rows, count=len(entry.rows)
    )


def _take_out(
    sheet: Sheet,
    columns: dict[str, Raw],
    written: Mapping[str, str],
    first: int,
    grid: Grid,
    place: _Location,
) -> tuple[LeftOut, ...]:
    """Empties and reports the rows that are no records. Returns their numbers by reason."""
    count = len(next(iter(columns.values()), ()))
    left_out = asides.find(sheet, columns, written, first, count, grid.watch)
    positions = [entry.row - first for entry in left_out]
    if positions:
        columns.update({name: without(column, positions) for name, column in columns.items()})
    for entry in left_out:
        if entry.differences:
            difference = entry.differences[0]
            place.tell(
                "total_differs",
                entry.row,
                written[difference.field],
                label=entry.label or "",
                stated=difference.stated,
                summed=difference.summed,
            )
        else:
            place.tell(f"{entry.reason}_row", entry.row, value=entry.label)
    reasons = {
        entry.reason: [other.row for other in left_out if other.reason == entry.reason]
        for entry in left_out
    }
    return tuple(LeftOut(reason, tuple(rows)) for reason, rows in reasons.items())


def _tell_short(grid: Grid, left_out: Sequence[LeftOut], place: _Location) -> None:
    """One warning for all rows that end before their headings do."""
    taken = {row for entry in left_out for row in entry.rows}
    short = [row for row in grid.watch.short if row not in taken]
    if short:
        place.tell("csv_short", short[0], rows=merged.spans(short[:50]), count=len(short))


def counted(raw: RawSheet, rows: int) -> SheetRead:
    """What was read of a sheet, once its records are counted."""
    # Rows left out above the records (column numbers) are none of the rows that were taken.
    above = raw.rows[0].as_py() if len(raw.rows) else 0
    out = sum(row >= above for entry in raw.read.left_out for row in entry.rows)
    return replace(raw.read, rows=rows, blank=len(raw.rows) - rows - out)
