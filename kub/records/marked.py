"""A workbook with its bad cells marked: the same file, those cells filled and commented, and before
all else a sheet that lists the problems.

openpyxl writes it again, so that formats, widths and drop-downs of the office stay; macros and
links to other files do not. It runs in the reading process (kub/records/sandboxed.py), with no more
memory and time than reading has.
"""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.writer.excel import ExcelWriter

from kub.records.marks import Listing, Mark
from kub.records.sheets import plain

AUTHOR = "KUB Batang"
COLOURS = {"problem": "FFFFB4A8", "warning": "FFFFE08A"}
MOST_COMMENTS = 2_000  # more of them make a spreadsheet program slow; cells are filled all the same
LONGEST_COMMENT = 1_000  # signs
_TOP = 60  # rows in which the headings are looked for, as while reading
_RISKY = ("=", "+", "-", "@")


def marked(content: bytes, marks: Sequence[Mark], listing: Listing) -> bytes:
    """The workbook with its marks. Raises what openpyxl raises where it cannot read it."""
    book = load_workbook(BytesIO(content), keep_links=False)
    _clear(book, listing)
    places = _Places(book)
    comments: dict[tuple[str, str], list[Mark]] = {}
    targets = []
    for mark in marks:
        cell = places.cell(mark)
        targets.append(cell)
        if cell is not None:
            comments.setdefault((cell.parent.title, cell.coordinate), []).append(mark)
    for (sheet, coordinate), of_cell in comments.items():
        cell = book[sheet][coordinate]
        level = min(mark.level for mark in of_cell)  # "problem" comes before "warning"
        cell.fill = PatternFill("solid", fgColor=COLOURS[level])
    for (sheet, coordinate), of_cell in list(comments.items())[:MOST_COMMENTS]:
        _comment(book[sheet][coordinate], of_cell)
    _list(book, marks, targets, listing)
    return _saved(book)


def listed(marks: Sequence[Mark], listing: Listing) -> bytes:
    """The list alone, for a workbook that cannot be written again."""
    book = Workbook()
    del book[book.sheetnames[0]]
    _list(book, marks, [None] * len(marks), listing)
    return _saved(book)


def _clear(book: Workbook, listing: Listing) -> None:
    """Take out the marks of an earlier check, so that only today's are seen."""
    for name in listing.names:
        if name in book.sheetnames and book[name]["A1"].value in listing.titles:
            del book[name]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and cell.comment.author == AUTHOR:
                    cell.comment = None
                    if cell.fill.fgColor.rgb in COLOURS.values():
                        cell.fill = PatternFill()


class _Places:
    """Finds the cells that problems speak of."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._columns: dict[tuple[str, str], tuple[int, int] | None] = {}

    def cell(self, mark: Mark) -> Any:
        """The cell of a problem; None where it is of no cell."""
        if mark.sheet is None or mark.sheet not in self._book.sheetnames:
            return None
        sheet = self._book[mark.sheet]
        heading = self._heading(mark.sheet, mark.column) if mark.column else None
        row, column = mark.row, heading[1] if heading else None
        if row is None:
            if heading is None:
                return None
            row = heading[0]
        cell = sheet.cell(row, column or self._first(sheet, row))
        if not isinstance(cell, MergedCell):
            return cell
        whole = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        return sheet.cell(whole.min_row, whole.min_col)

    def _heading(self, name: str, heading: str) -> tuple[int, int] | None:
        """(row, column) of a heading."""
        if (name, heading) not in self._columns:
            rows = self._book[name].iter_rows(max_row=_TOP)
            same = (
                (cell.row, cell.column)
                for row in rows
                for cell in row
                if isinstance(cell.value, str) and plain(cell.value) == plain(heading)
            )
            self._columns[name, heading] = next(same, None)
        return self._columns[name, heading]

    @staticmethod
    def _first(sheet: Any, row: int) -> int:
        filled = (cell.column for cell in sheet[row] if cell.value not in (None, ""))
        return next(filled, 1)


def _comment(cell: Any, marks: Sequence[Mark]) -> None:
    text = _clean("\n\n".join(f"{mark.what}\n→ {mark.todo}" for mark in marks))
    if len(text) > LONGEST_COMMENT:
        text = f"{text[: LONGEST_COMMENT - 1]}…"
    author = AUTHOR
    if cell.comment:  # what the office wrote there stays first, and stays the office's
        author, text = cell.comment.author, f"{cell.comment.text}\n\n{AUTHOR}:\n{text}"
    lines = sum(1 + len(line) // 45 for line in text.splitlines())
    cell.comment = Comment(text, author, height=min(24 + 17 * lines, 400), width=340)


def _list(book: Workbook, marks: Sequence[Mark], targets: Sequence[Any], listing: Listing) -> None:
    """The first sheet: every problem, each with a link to its cell."""
    name = next(
        name
        for name in (listing.names[0], *(f"{listing.names[0]} {n}" for n in range(2, 1000)))
        if name not in book.sheetnames
    )
    sheet = book.create_sheet(name, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    _put(sheet.cell(1, 1), listing.titles[0]).font = Font(bold=True, size=14)
    _put(sheet.cell(2, 1), listing.note)
    for at, (heading, width) in enumerate(zip(listing.headings, listing.widths, strict=True), 1):
        _put(sheet.cell(4, at), heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = width
    for row, (mark, target) in enumerate(zip(marks, targets, strict=True), 5):
        for at, value in enumerate(mark.cells, 1):
            cell = _put(sheet.cell(row, at), value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=COLOURS[mark.level])
        if target is not None:
            quoted = target.parent.title.replace("'", "''")
            place = f"'{quoted}'!{target.coordinate}"
            first = sheet.cell(row, 1)
            first.hyperlink = Hyperlink(ref=first.coordinate, location=place)
            first.font = Font(underline="single")
    sheet.freeze_panes = "A5"
    last = get_column_letter(len(listing.headings))
    sheet.auto_filter.ref = f"A4:{last}{4 + max(len(marks), 1)}"


def _put(cell: Any, value: str | int) -> Any:
    """Text is text, whatever it begins with."""
    cell.value = _clean(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(_RISKY):
            cell.quotePrefix = True
    return cell


def _clean(text: str) -> str:
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


class _InMemory(ExcelWriter):
    """Writes sheets in memory: the reading process writes no file, and openpyxl takes a temporary
    one for each sheet.
    """

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        out = BytesIO()
        writer = WorksheetWriter(ws, out)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)


def _saved(book: Workbook) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        _InMemory(book, archive).write_data()
    return out.getvalue()
