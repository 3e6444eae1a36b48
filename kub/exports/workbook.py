"""A pack as one workbook: contents, one sheet per answer with its rows
and a chart made of them, what explains them.
"""

import io
import re
import shlex
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, time
from itertools import zip_longest
from math import ceil
from typing import Any

import xlsxwriter

from kub.answers.answer import Answer
from kub.answers.catalog import spec_of
from kub.answers.source import source_line
from kub.exports.pack import Pack, Part
from kub.exports.xlsx import MOST, OPTIONS, formats, write_rows, write_upright
from kub.exports.xlsx import charts as xlsx_charts
from kub.look import FAMILY, LIGHT
from kub.words import Words
from queries.filters import Filters

NAME = 31  # characters of a sheet's name in Excel
WIDE = 110  # characters of the texts above the rows
SINGLE_PAGE_ROWS = 30  # rows that can be read on one page, with their chart
TOP = 7  # row of the headings
USUAL_WIDTH = 9  # characters of a column whose width nobody has set, as Excel has it
# The apostrophe too: Excel refuses it at the ends of a name, and links would need it doubled.
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def workbook(pack: Pack) -> bytes:
    """The pack as .xlsx. Numbers, shares and dates are cells of their kind; no text from records is
    a formula or an address.
    """
    out, words = io.BytesIO(), pack.words
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        # The day of the pack, not of the writing, so that equal packs are equal files.
        book.set_properties(
            {"title": pack.title[:255], "created": datetime.combine(pack.made_on, time())}
        )
        book.set_size(2400, 1500)
        styles = formats(book) | _styles(book)
        last = ("definitions", "sources", "filters")
        # Sheets are added in the order of the tabs, so all names are needed before any is filled.
        names = sheet_names([_name(part.answer, words) for part in pack.parts])
        named = {name: words(f"pack.sheet.{name}") for name in ("contents", *last)}
        pages = [
            book.add_worksheet(name)
            for name in (named["contents"], *names, *(named[name] for name in last))
        ]
        _contents(pages[0], pack, [*names, *(named[name] for name in last)], styles)
        for page, part in zip(pages[1:], pack.parts, strict=False):
            _answer(book, page, part, words, styles)
        definitions, sources, filters = pages[-3:]
        heads = [words(f"pack.sheet.{name}") for name in ("name", "says", "formula")]
        _table(definitions, heads, list(pack.definitions()), (30, 90, 60), styles)
        _sources(sources, pack, styles)
        _filters(filters, pack, names, styles)
        for page in pages:
            # After the contents are written: footer and paper are the same for every sheet.
            _paper(page, pack, words)
        for page, part in zip(pages[1:], pack.parts, strict=False):
            if len(part.answer.frame) <= SINGLE_PAGE_ROWS:
                # Only short answers: many rows on one page could not be read.
                page.fit_to_pages(1, 1)  # else its chart is cut in two
    return out.getvalue()


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """'1 Pertumbuhan': unique by their number, short enough, without signs that Excel refuses.

    Two equal or too long names make a file that Excel does not open; xlsxwriter raises for them.
    """
    return [
        f"{number} {_FORBIDDEN.sub(' ', name)}"[:NAME].strip()
        for number, name in enumerate(wanted, 1)
    ]


def command(answer: Answer) -> str:
    """The command that gives the rows of this answer."""
    arguments = [
        f"--{name} {shlex.quote(str(value))}"
        for name, values in _chosen(answer.filters)
        for value in values
    ]
    return " ".join(["python -m kub ask", answer.question, *arguments])


def _name(answer: Answer, words: Words) -> str:
    return words(f"page.{spec_of(answer.chart).page}")


def _chosen(filters: Filters) -> list[tuple[str, list[Any]]]:
    """(name, values) of each filter that is not the default."""
    defaults = asdict(Filters())
    chosen = {name: value for name, value in asdict(filters).items() if value != defaults[name]}
    lists = {name: value for name, value in chosen.items() if isinstance(value, tuple)}
    return [(name, list(lists.get(name, (value,)))) for name, value in chosen.items()]


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": FAMILY, "valign": "top", "text_wrap": True}
    return {
        "title": book.add_format(
            base | {"bold": True, "font_size": 15, "font_color": LIGHT.accent}
        ),
        "muted": book.add_format(base | {"font_size": 10, "font_color": LIGHT.muted}),
        "text": book.add_format(base | {"font_size": 11, "font_color": LIGHT.ink}),
        "bold": book.add_format(base | {"font_size": 11, "bold": True}),
        "sample": book.add_format(
            base | {"font_size": 11, "bold": True, "font_color": LIGHT.warning}
        ),
        "link": book.add_format({"font_color": LIGHT.accent, "underline": 1, "valign": "top"}),
    }


def _contents(page: Any, pack: Pack, names: Sequence[str], styles: dict[str, Any]) -> None:
    words = pack.words
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 90)
    page.hide_gridlines(2)
    _across(page, 0, pack.title, styles["title"], 1, 116, 20)
    row = 2
    for label, value in pack.settings():
        page.write_string(row, 0, label, styles["bold"])
        style = "sample" if value == words("source.sample") else "text"
        page.write_string(row, 1, value, styles[style])
        row += 1
    row += 1
    page.write_string(row, 0, words("pack.sheet.number"), styles["head"])
    page.write_string(row, 1, words("pack.sheet.finding"), styles["head"])
    titles = [part.title for part in pack.parts]
    for name, title in zip_longest(names, titles, fillvalue=""):
        row += 1
        # Internal links: from the contents to each sheet, and back from its sixth row.
        page.write_url(row, 0, f"internal:'{name}'!A1", styles["link"], name)
        page.write_string(row, 1, title, styles["text"])


def _answer(book: Any, page: Any, part: Part, words: Words, styles: dict[str, Any]) -> None:
    answer = part.answer
    # Rows of the sheet without the texts above the headings.
    most = MOST - TOP
    frame = answer.frame.head(most)
    lone = answer.figure is None and len(frame) == 1
    write = write_upright if lone else write_rows
    widths = write(page, frame, words, styles, TOP)
    # The texts run over as many columns as a screen shows, at least over two: one cell cannot be
    # merged.
    last, wide = 0, 0
    while wide < WIDE:
        wide += widths[last] if last < len(widths) else USUAL_WIDTH
        last += 1
    columns = max(last - 1, 1)
    takeaway = answer.takeaway_under(part.title)
    _across(page, 0, part.title, styles["title"], columns, wide, 20, 1.35)
    _across(page, 1, answer.subtitle, styles["muted"], columns, wide)
    _across(page, 2, takeaway, styles["text"], columns, wide)
    _across(page, 3, source_line(answer.source, words), styles["muted"], columns, wide)
    if answer.source.sample:
        _across(page, 4, words("source.sample"), styles["sample"], columns, wide)
    page.write_url(
        5,
        0,
        f"internal:'{words('pack.sheet.contents')}'!A1",
        styles["link"],
        words("pack.sheet.back"),
    )
    if len(answer.frame) > most:
        page.write_string(5, 1, words("pack.sheet.cut", shown=most, rows=len(answer.frame)))
    page.freeze_panes(TOP if lone else TOP + 1, 0)
    # Headings stay in sight on screen and on every page of paper.
    page.repeat_rows(TOP)
    xlsx_charts.draw(book, page, answer, words, styles, TOP, widths)


def _across(
    page: Any,
    row: int,
    text: str,
    style: Any,
    last: int,
    wide: float,
    high: int = 15,
    letter: float = 1.05,
) -> None:
    """A text over several columns, in a row that is high enough.

    last: index of the last column. wide: their width in characters. high: of a line, points.
    letter: how much wider than a digit its letters are. No program finds the height of merged
    cells itself.
    """
    if not text:
        return
    # merge_range would guess a type from the text, so the text is written by itself over it.
    page.merge_range(row, 0, row, last, "", style)
    page.write_string(row, 0, text, style)
    page.set_row(row, high * ceil(len(text) * letter / wide))


def _table(
    page: Any,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    styles: dict[str, Any],
) -> None:
    """Texts under headings, wrapped, in rows that are high enough."""
    page.freeze_panes(1, 0)
    for at, (head, width) in enumerate(zip(heads, widths, strict=True)):
        page.set_column(at, at, width)
        page.write_string(0, at, head, styles["head"])
    for row, cells in enumerate(rows, 1):
        _line(page, row, cells, widths, styles)


def _line(
    page: Any, row: int, cells: Sequence[str], widths: Sequence[int], styles: dict[str, Any]
) -> None:
    page.set_row(
        row,
        15 * max(ceil(len(text) * 1.1 / width) for text, width in zip(cells, widths, strict=True))
        or 15,
    )
    for at, text in enumerate(cells):
        page.write_string(row, at, text, styles["text" if at else "bold"])


def _sources(page: Any, pack: Pack, styles: dict[str, Any]) -> None:
    words, widths = pack.words, (30, 110)
    settings = list(pack.settings())
    _table(page, [words("pack.sheet.sources"), ""], settings, widths, styles)
    row = len(settings) + 2
    for text in pack.sources():
        _line(page, row, (words("pack.sheet.source"), text), widths, styles)
        row += 1
    row += 1
    page.write_string(row, 0, words("method.file"), styles["head"])
    page.write_string(row, 1, "SHA-256", styles["head"])
    for name, digest in pack.files:
        row += 1
        _line(page, row, (name, digest), widths, styles)


def _filters(page: Any, pack: Pack, names: Sequence[str], styles: dict[str, Any]) -> None:
    """What was chosen, in words and as codes, so that the same can be asked again."""
    words = pack.words
    heads = [
        words(f"pack.sheet.{n}")
        for n in ("number", "scope", "question", "chart", "codes", "view", "ask")
    ]
    rows = [
        (
            name,
            part.answer.scope,
            part.answer.question,
            part.answer.chart,
            "; ".join(
                f"{key}={','.join(map(str, value))}" for key, value in _chosen(part.answer.filters)
            ),
            "; ".join(
                f"{key}={_code(value)}" for key, value in part.answer.options.codes().items()
            ),
            part.sql or command(part.answer),
        )
        for name, part in zip(names, pack.parts, strict=True)
    ]
    _table(page, heads, rows, (22, 34, 20, 20, 40, 24, 70), styles)


def _code(value: str | bool | int) -> str:
    """An option as a visit's file writes it: true, not True."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _paper(page: Any, pack: Pack, words: Words) -> None:
    """A4 across, as wide as one page, with the version and the sample label below every page."""
    page.set_landscape()
    # A4 in Excel's numbering.
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    foot = f"{words('pack.version')} {pack.version}"
    if pack.sample:
        foot += f" · {words('source.sample')}"
    # & begins a code in a footer; && is the sign itself.
    page.set_footer(f"&L{foot.replace('&', '&&')}&R&P / &N")
