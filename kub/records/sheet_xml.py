"""The XML of a sheet → its cells, in one pass of a real parser (expat).

Quotes, case of references, the order of attributes and their absence do not matter: a cell
without a reference follows the one before it. Every quantity that a file can blow up is counted
while reading. calamine, three times as fast, is not used: it lays a sheet out as one full
rectangle and ends the whole process where memory for that is missing, refuses a sheet for an
error value that it does not know, puts cells without a reference in wrong places, and gives
errors as blanks.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kub.records import cells
from kub.records.grid import Merged
from kub.records.limits import Limits
from kub.records.serials import elapsed, moment
from kub.records.sheet_values import Workbook, number_of
from kub.records.unreadable import Unreadable
from kub.records.xml import BLANKS, Names, Others, parse, unindented

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_MOST_MERGED = 100_000
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
# A text that is guarded as a formula, `="001"`: its result is plain without a program that
# calculates.
_LITERAL = re.compile(r'\s*"((?:[^"]|"")*)"\s*')
_ROW = re.compile(r"[1-9][0-9]{0,6}")


@cache
def _position(letters: str) -> int:
    """A is 0, Z 25, AA 26. There are at most 18,278 that the pattern lets through."""
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - 64
    return position - 1


def reference(written: str) -> tuple[int, int]:
    """(row as Excel numbers it, column from 0) of `B2`, also `b2` and `$B$2`. Raises Unreadable."""
    # As Excel writes it first: only what other programs write costs a second try.
    match = _REFERENCE.fullmatch(written) or _REFERENCE.fullmatch(written.strip().upper())
    if match:
        row, column = int(match[2]), _position(match[1])
        if row <= LAST_ROW and column < LAST_COLUMN:
            return row, column
    raise Unreadable("cell_reference", reference=written[:40])


def merged_range(written: str) -> Merged:
    """`A1:B2` as (first row, first column, last row, last column)."""
    first, _, last = written.partition(":")
    (top, left), (bottom, right) = reference(first), reference(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


@dataclass
class SheetCells:
    """The cells of a sheet: rows by Excel's number, each as far as its last filled cell, gaps "".

    height, width: how far the filled cells reach. filled: how many there are.
    """

    rows: dict[int, list[Any]] = field(default_factory=dict)
    height: int = 0
    width: int = 0
    filled: int = 0
    merged: list[Merged] = field(default_factory=list)


def read_sheet(chunks: Iterable[bytes], book: Workbook, limits: Limits) -> SheetCells:
    """The cells of a sheet: str, float, bool, date, datetime, time or timedelta.

    An error is text that starts with cells.ERROR, a formula without a result text that starts with
    cells.UNCALCULATED. Raises Unreadable for other XML, and for a sheet beyond `limits`.
    """
    reader = _Reader(book, limits)
    parse(chunks, reader.start, reader.parts)
    reader.start("", {})
    reader.finish()
    return reader.sheet


class _Reader:
    """Handles the starts of elements; an element's text is what stands between it and the next
    start.

    Half a million cells come by here for 10,000 KUB: what is frequent stands first, and in one
    function.
    """

    __slots__ = (
        *(
            "sheet",
            "parts",
            "_book",
            "_limits",
            "_names",
            "_others",
            "_slots",
            "_text",
            "_open",
            "_phonetic",
        ),
        *(
            "_row",
            "_column",
            "_line",
            "_suffix",
            "_kind",
            "_style",
            "_value",
            "_formula",
            "_formats",
            "_days",
        ),
    )

    def __init__(self, book: Workbook, limits: Limits) -> None:
        self.sheet = SheetCells()
        self.parts: list[str] = []
        self._book, self._limits = book, limits
        self._names, self._others = Names(), Others()
        self._slots = self._text = 0
        self._open, self._phonetic = "", False
        self._row, self._column, self._suffix = 0, -1, "0"
        self._line: list[Any] = []
        self._kind = self._style = ""
        self._value: str | None = None
        self._formula: str | None = None
        self._formats = book.formats
        self._days: dict[str, Any] = {}

    # One branch per kind of element, in a single place: it runs once for each of millions of cells.
    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: C901, PLR0912
        """An element begins."""
        parts = self.parts
        if self._open:
            written = parts[0] if len(parts) == 1 else "".join(parts)
            if written and written[-1] in BLANKS:
                written = unindented(written)
            if self._open == "f":
                self._formula = written
            elif self._open == "v" or self._value is None:
                self._value = written
            else:
                self._value += written  # the next run of a text in several fonts
            self._open = ""
        if parts:
            parts.clear()
        local = self._names[name]
        if local == "v":
            self._open = "v"
        elif local == "c":
            if self._value is not None or self._formula is not None:
                self.finish()
            place = attributes.get("r")
            suffix = self._suffix
            if place is None:
                self._column += 1
            elif (
                place.endswith(suffix)
                and (column := _LETTERS.get(place[: -len(suffix)])) is not None
            ):
                self._column = column
            else:
                row, column = reference(place)
                if row != self._row:
                    self._move(row)
                self._column = column
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._phonetic = False
        elif local == "is":
            return
        elif local == "t":
            self._open = "" if self._phonetic else "t"
        elif local == "row":
            self.finish()
            self._move(_row_number(attributes["r"]) if "r" in attributes else self._row + 1)
        elif local == "f":
            self._open = "f"
        elif local == "mergeCell":
            self.sheet.merged.append(merged_range(attributes.get("ref", "")))
            if len(self.sheet.merged) > _MOST_MERGED:
                raise Unreadable("too_complex")
        elif local != "r":
            self._phonetic = self._phonetic or local == "rPh"
            self._others.add()

    def _move(self, row: int) -> None:
        """To the start of a row; rows may come in any order, and twice."""
        self._row, self._column, self._suffix = row, -1, str(row)
        self._line = self.sheet.rows.get(row) or []

    def finish(self) -> None:
        """The cell before this element, if it holds anything, goes into its row."""
        written, formula, kind = self._value, self._formula, self._kind
        self._value = self._formula = None
        if formula is not None and not written and kind != "str":
            literal = _LITERAL.fullmatch(formula)
            cell: Any = literal[1].replace('""', '"') if literal else cells.UNCALCULATED + formula
            if not cell:
                return
        elif not written:
            return
        elif kind == "n":
            shown = self._formats.get(self._style)
            cell = self._day(written, shown) if shown else number_of(written)
        elif kind == "inlineStr" and "_x" not in written:
            cell = written
        else:
            cell = self._book.value(kind, written)
        if type(cell) is str:
            self._text += len(cell)
            if self._text > self._limits.text:
                raise Unreadable("too_much_text", most=self._limits.text)
        sheet, line, column = self.sheet, self._line, self._column
        gap = column - len(line)
        # The usual case stands alone: it saves a call for each of millions of cells.
        if gap == 0 and 0 < column < LAST_COLUMN:
            line.append(cell)
            self._slots += 1
        else:
            self._put(cell, gap)
        if column >= sheet.width:
            sheet.width = column + 1
        sheet.filled += 1
        if sheet.filled > self._limits.cells:
            raise Unreadable("too_many_cells", most=self._limits.cells)

    def _day(self, written: str, shown: str) -> Any:
        """A number that is shown as a date. Few days are on many rows."""
        key = shown + written
        if key in self._days:
            return self._days[key]
        day: Any = number_of(written)
        if isinstance(day, float):
            day = moment(day, self._book.is_1904) if shown == "date" else elapsed(day)
        # The cache ends somewhere: a hostile file has a different number in each cell.
        if len(self._days) < 100_000:
            self._days[key] = day
        return day

    def _put(self, cell: Any, gap: int) -> None:
        """The first cell of a row, or one that does not stand right of the one before."""
        sheet, line, column = self.sheet, self._line, self._column
        # Below zero: a formula that stands in no cell.
        if not 0 <= column < LAST_COLUMN or not 0 < self._row <= LAST_ROW:
            raise Unreadable("cell_reference", reference=f"{self._row}:{column + 1}")
        if not line:
            sheet.rows[self._row] = line
            sheet.height = max(sheet.height, self._row)
        # The cell stands twice in the file: the later value counts.
        if gap < 0:
            line[column] = cell
            return
        self._slots += gap + 1
        if self._slots > self._limits.area:
            raise Unreadable("stray_cells", rows=sheet.height, columns=column + 1)
        line.extend([""] * gap)
        line.append(cell)


def _row_number(written: str) -> int:
    if not _ROW.fullmatch(written.strip()) or int(written) > LAST_ROW:
        raise Unreadable("cell_reference", reference=written[:40])
    return int(written)


# The 702 columns with one or two letters, which nearly all sheets keep to: no pattern is needed.
_LETTERS = {chr(65 + first): first for first in range(26)}
_LETTERS |= {a + b: _position(a + b) for a in tuple(_LETTERS) for b in tuple(_LETTERS)}
