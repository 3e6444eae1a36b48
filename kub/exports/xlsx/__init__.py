"""One answer as a workbook: its rows as numbers and dates to reckon
with, and a sheet that says what they are.
"""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from math import ceil
from typing import Any

import pandas as pd
import xlsxwriter

from kub.answers.answer import Answer
from kub.answers.source import source_line
from kub.words import Words
from kub.words import columns as tables
from kub.words.rows import plain

MOST = 1_048_575  # rows of an Excel sheet without the heading
NARROWEST, WIDEST = 9, 44  # characters
LABELS, NOTES = 16, 100  # widths of the two columns of the sheet of notes
# Records hold text that looks like formulas and addresses; it stays text.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_DATE = "d mmmm yyyy"
_FORMATS = {"n": "#,##0", "p": "0.0%", "d": _DATE, "rp": '"Rp" #,##0', "": "General"}


def sheet(answer: Answer, words: Words, extra: Sequence[str] = ()) -> bytes:
    """The workbook. extra: further sentences for its notes, such as what the rows assume.

    Numbers, shares and dates are cells of their kind, codes stand as names, missing cells are
    empty.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        _rows(book, answer, words)
        _notes(book, answer, words, extra)
    return out.getvalue()


def formats(book: Any) -> dict[str, Any]:
    """The formats of cells by their code, and of headings ("head"), for one workbook."""
    codes = [*_FORMATS.values(), *map(_decimals, range(1, 7))]
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    text = book.add_format({"indent": 1})  # else it touches the number left of it
    return {code: book.add_format({"num_format": code}) for code in codes} | {
        "head": head,
        "cell": text,
    }


def write_rows(
    page: Any, frame: pd.DataFrame, words: Words, styles: dict[str, Any], top: int = 0
) -> list[int]:
    """Headings in row `top` and the rows below it, those with figures
    first; the columns' widths in characters.
    """
    widths, lines = [], 1
    frame = tables.figures_first(frame)
    for at, column in enumerate(tables.columns(frame, codes=True)):
        values = frame[column]
        heading = tables.heading(column, values, words)
        page.write_string(top, at, heading, styles["head"])
        longest = len(max(heading.split(), key=len))
        for row, (value, spec) in enumerate(
            zip(values.tolist(), _specs(frame, column), strict=True), top + 1
        ):
            longest = max(longest, _length(write_cell(page, row, at, value, spec, words, styles)))
        widths.append(min(max(longest + 2, NARROWEST), WIDEST))
        lines = max(lines, ceil(len(heading) * 1.3 / widths[-1]))
        page.set_column(at, at, widths[-1])
    page.set_row(top, 15 * lines)
    if len(frame):
        page.autofilter(top, 0, top + len(frame), len(widths) - 1)
    return widths


def write_upright(
    page: Any, frame: pd.DataFrame, words: Words, styles: dict[str, Any], top: int
) -> list[int]:
    """As `write_rows`, of a lone row: side by side its headings would need three screens."""
    for row, column in enumerate(tables.columns(frame, codes=True), top):
        values = frame[column]
        page.write_string(row, 0, tables.heading(column, values, words), styles["cell"])
        write_cell(page, row, 1, values.iloc[0], _specs(frame, column)[0], words, styles)
    page.set_column(0, 0, WIDEST)
    page.set_column(1, 1, WIDEST)
    return [WIDEST, WIDEST]


def write_cell(
    page: Any, row: int, at: int, value: Any, spec: str, words: Words, styles: dict[str, Any]
) -> str | float | date | None:
    """What stands in the cell: text stays text whatever it looks
    like, a missing value leaves it empty.
    """
    cell = _cell(value, spec, words)
    if isinstance(cell, str):
        page.write_string(row, at, cell, styles["cell"])
    elif isinstance(cell, date):
        page.write_datetime(row, at, cell, styles[_DATE])
    elif cell is not None:
        page.write_number(row, at, cell, styles[number_format(spec)])
    return cell


def _rows(book: Any, answer: Answer, words: Words) -> None:
    page = book.add_worksheet(words("card.xlsx_rows"))
    page.freeze_panes(1, 0)
    write_rows(page, answer.frame.head(MOST), words, formats(book))


def _notes(book: Any, answer: Answer, words: Words, extra: Sequence[str]) -> None:
    page = book.add_worksheet(words("card.xlsx_notes"))
    bold, wrap = (
        book.add_format({"valign": "top"} | more) for more in ({"bold": True}, {"text_wrap": True})
    )
    texts = {name: getattr(answer, name) for name in ("title", "subtitle", "takeaway", "scope")}
    texts |= {"source": source_line(answer.source, words), "version": answer.source.version}
    lines = [(words(f"card.xlsx_{name}"), text) for name, text in texts.items()]
    lines += [(words("card.xlsx_assumed"), sentence) for sentence in extra]
    if len(answer.frame) > MOST:
        lines.append(
            (words("card.xlsx_rows"), words("card.xlsx_cut", shown=MOST, rows=len(answer.frame)))
        )
    page.set_column(0, 0, LABELS)
    page.set_column(1, 1, NOTES)
    for row, (label, text) in enumerate(lines):
        page.write_string(row, 0, label, bold)
        page.write_string(row, 1, text, wrap)


def _specs(frame: pd.DataFrame, column: str) -> list[str]:
    """How each value of a column is written; in `benchmark` and
    `rates` each row has its own way.
    """
    if column in tables.BY_ROW:
        ways: tuple[tuple[str, Callable[[str], str]], ...] = (
            ("indicator", tables.indicator_kind),
            ("per", tables.rate_kind),
        )
        for by, kind_of in ways:
            if by in frame.columns:
                return [kind_of(key) for key in frame[by]]
    return [tables.kind(column, frame[column])] * len(frame)


def _cell(value: Any, spec: str, words: Words) -> str | float | date | None:
    """What stands in the cell. Codes and flags become words; 0-1
    shares stay so under a format of percent.
    """
    if plain(value) is None:
        return None
    if isinstance(value, datetime | date):
        return value
    value = plain(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return tables.writer(spec, words)(value)


def number_format(spec: str) -> str:
    """The code of `formats` for a way of writing (kub.words.columns)."""
    spec = spec.removeprefix(tables.SIGNED)
    return (
        _decimals(int(spec[1:])) if spec[:1] == "n" and spec[1:] else _FORMATS.get(spec, "General")
    )


def _decimals(places: int) -> str:
    return "#,##0." + "0" * places


def _length(cell: str | float | date | None) -> int:
    """Characters a cell takes, near enough for a width."""
    if isinstance(cell, str):
        return len(cell)
    if isinstance(cell, date):
        return len("30 September 2026")
    if cell is not None:
        return len(f"{cell:,.2f}") - 3
    return 0
