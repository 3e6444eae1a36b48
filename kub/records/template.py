"""The blank workbook of a regency: every sheet of the format,
its villages and codes as drop-downs.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kub import places, words
from kub.places import Village
from kub.records import cells
from kub.records.sheets import BY_TABLE, SHEETS, Column, Sheet
from kub.words import LANGUAGES, Words

GUIDE, LISTS = "Petunjuk", "Daftar"
# Formats and drop-downs reach this far down; rows below are read all the same.
LAST_ROW = 5_000
# The guide's texts: characters across a column, those that surely fit on a line of it, points of a
# line.
GUIDE_WIDTH, PER_LINE, ROW_HEIGHT = 62, 56, 15
_WHITE, _REQUIRED, _OPTIONAL, _INK = "#FFFFFF", "#8A4B16", "#5F6F69", "#22302B"
_FORMATS = {
    "date": "dd/mm/yyyy",
    "count": "#,##0",
    "money": "#,##0",
    "year": "0",
    "coordinate": "0.000",
}
# A code such as 33.25 or 007 must stay the text that it is.
_AS_TEXT = frozenset({"code", "village", "regency"})
_CHOICES = {
    "sector": cells.SECTORS,
    "level": cells.LEVELS,
    "indicator": cells.INDICATORS,
    "target_indicator": cells.TARGET_INDICATORS,
    "flag": ("ya", "tidak"),
}


class UnknownRegency(ValueError):
    """There is no regency or city of that code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no regency or city has the code {code!r}")
        self.code = code

    def message(self, words: Words) -> str:
        """What is wrong, in the language of `words`."""
        return words("template.unknown_regency", code=self.code)


Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def write(
    region_code: str, out: Path | BytesIO, lang: str = "id", rows: Rows = MappingProxyType({})
) -> None:
    """Writes the workbook of regency `region_code` (`33.25`), its comments in `lang`.

    rows: what is known already, by table and field, to be completed. Raises UnknownRegency, and
    xlsxwriter's FileCreateError where `out` cannot be written.
    """
    name = places.regency_name(region_code)
    if name is None:
        raise UnknownRegency(region_code)
    villages = places.villages_of(region_code)
    districts = sorted({village.district for village in villages})
    # The guide is the first sheet people see, so it is added first.
    with xlsxwriter.Workbook(out) as book:
        guide = book.add_worksheet(GUIDE)
        blank = {sheet.table: _blank(book, sheet, words.of(lang)) for sheet in SHEETS}
        lists = book.add_worksheet(LISTS)
        lists.write_column(0, 0, districts)
        lists.hide()
        filled = {
            **rows,
            "programme": [{"regency_code": region_code, **dict(*rows.get("programme", ()))}],
            "village": [_row(village) for village in villages],
        }
        for table, known in filled.items():
            _fill(blank[table], BY_TABLE[table], known)
        for sheet in SHEETS:
            _drop_downs(blank[sheet.table], sheet, len(villages) or LAST_ROW, len(districts))
        _guide(
            book,
            guide,
            f"{name} ({region_code})",
            [lang, *(other for other in LANGUAGES if other != lang)],
        )
        guide.activate()


def _row(village: Village) -> dict[str, str]:
    return {"village_code": village.code, "village": village.village, "district": village.district}


def _blank(book: Workbook, sheet: Sheet, texts: Words) -> Worksheet:
    """Headings in row 1, frozen; each with a comment that says whether and how it is filled in."""
    page = book.add_worksheet(sheet.heading)
    page.freeze_panes(1, 0)
    for at, column in enumerate(sheet.columns):
        cell = {"align": "left"}
        number_format = "@" if column.kind in _AS_TEXT else _FORMATS.get(column.kind, "General")
        page.set_column(
            at,
            at,
            max(14, len(column.heading) + 4),
            book.add_format(cell | {"num_format": number_format}),
        )
        page.write_string(0, at, column.heading, _heading(book, _is_required(sheet, column)))
        page.write_comment(0, at, _hint(sheet, column, texts), {"x_scale": 1.6})
    return page


def _heading(book: Workbook, required: bool) -> Any:
    fill = _REQUIRED if required else _OPTIONAL
    return book.add_format(
        {
            "bold": required,
            "italic": not required,
            "font_color": _WHITE,
            "bg_color": fill,
            "border": 1,
            "num_format": "@",
        }
    )


def _is_required(sheet: Sheet, column: Column) -> bool:
    return column.required or sheet.any_of[:1] == (column.field,)


def _hint(sheet: Sheet, column: Column, texts: Words) -> str:
    if sheet.of and column.field == sheet.key[0]:
        return (
            f"{texts('template.required')} "
            f"{texts('template.kind.of', sheet=BY_TABLE[sheet.of].heading)}"
        )
    need = "template.required" if column.required else "template.optional"
    if column.field in sheet.any_of:
        need = "template.any_of"
    return f"{texts(need)} {texts(f'template.kind.{column.kind}')}"


def _fill(page: Worksheet, sheet: Sheet, rows: Sequence[Mapping[str, Any]]) -> None:
    for at, column in enumerate(sheet.columns):
        if rows and column.field in rows[0]:
            # Each cell has the format of its column, dates too.
            page.write_column(1, at, [row[column.field] for row in rows])


def _drop_downs(page: Worksheet, sheet: Sheet, villages: int, districts: int) -> None:
    """Lists that help; what is not on them may still be typed, and
    is checked when the file is read.
    """
    for at, column in enumerate(sheet.columns):
        source = _source(sheet, column, villages, districts)
        if source:
            page.data_validation(
                # "warning": other values may still be typed.
                1,
                at,
                LAST_ROW,
                at,
                {"validate": "list", "source": source, "error_type": "warning"},
            )


def _source(sheet: Sheet, column: Column, villages: int, districts: int) -> str | list[str] | None:
    if column.kind in _CHOICES:
        return list(_CHOICES[column.kind])
    if sheet.table == "village":
        return None
    if column.kind == "village" or (sheet.table == "kub" and column.field == "village"):
        field = "village_code" if column.kind == "village" else "village"
        return _range(BY_TABLE["village"], field, villages)
    if sheet.table == "kub" and column.field == "district" and districts:
        return f"={LISTS}!$A$1:$A${districts}"
    if sheet.of and column.field == sheet.key[0]:
        return _range(BY_TABLE[sheet.of], column.field, LAST_ROW)
    return None


def _range(sheet: Sheet, field: str, rows: int) -> str:
    letter = xl_col_to_name([column.field for column in sheet.columns].index(field))
    return f"={sheet.heading}!${letter}$2:${letter}${rows + 1}"


def _wrapped(page: Worksheet, line: int, texts: Sequence[str], body: Any) -> None:
    """Texts in C and D of a row that is high enough for them: not
    every program finds the height itself.
    """
    page.set_row(line, ROW_HEIGHT * max(ceil(len(text) / PER_LINE) for text in texts))
    page.write_row(line, 2, texts, body)


def _guide(book: Workbook, page: Worksheet, regency: str, langs: Sequence[str]) -> None:
    """What to do, in both languages side by side, and every sheet and column of the format."""
    title = book.add_format({"bold": True, "font_size": 16, "font_color": _INK})
    head = book.add_format({"bold": True, "font_color": _WHITE, "bg_color": _INK})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    strong = book.add_format({"text_wrap": True, "valign": "top", "bold": True})
    page.hide_gridlines(2)
    page.set_column(0, 1, 24)
    page.set_column(2, 3, GUIDE_WIDTH)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    both = [words.of(lang) for lang in langs]
    page.write_string(0, 0, both[0]("template.title", regency=regency), title)
    page.write_string(1, 0, both[1]("template.title", regency=regency))
    line = 3
    for step in ("fill", "required", "dates", "numbers", "private", "check"):
        _wrapped(page, line, [language(f"template.step.{step}") for language in both], body)
        line += 1
    line += 1
    for sheet in SHEETS:
        page.write_row(
            line,
            0,
            [sheet.heading, "", *(language(f"template.sheet.{sheet.table}") for language in both)],
            head,
        )
        for column in sheet.columns:
            line += 1
            font = strong if _is_required(sheet, column) else body
            page.write_string(line, 1, column.heading, font)
            _wrapped(page, line, [_hint(sheet, column, language) for language in both], body)
        line += 2
