"""The blank workbook of one regency: every sheet of the format, with its villages as drop-downs."""

from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kub import cells, places, words
from kub.places import Village
from kub.sheets import BY_TABLE, SHEETS, Column, Sheet
from kub.words import LANGUAGES, Words

GUIDE = "Petunjuk"
LISTS = "Daftar"
# Drop-downs and formats reach this far down; rows below are read all the same.
LAST_ROW = 5_000
_INK, _REQUIRED, _OPTIONAL = "#FFFFFF", "#8A4B16", "#4F6B5C"
_FORMATS = {
    "date": "dd/mm/yyyy",
    "count": "#,##0",
    "number": "#,##0.##",
    "money": "#,##0",
    "year": "0",
    "coordinate": "0.000",
}
_CHOICES = {
    "sector": cells.SECTORS,
    "level": cells.LEVELS,
    "indicator": cells.INDICATORS,
    "flag": ("ya", "tidak"),
}


class UnknownRegency(ValueError):
    """There is no regency or city of that code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"no regency or city has the code {code!r}")
        self.code = code

    def message(self, words: Words) -> str:
        return words("template.unknown_regency", code=self.code)


def write(region_code: str, out: Path, lang: str = "id") -> None:
    """Writes the workbook of that regency (`33.25`) to `out`. Raises UnknownRegency; OSError where it cannot write."""
    name = places.regency_name(region_code)
    if name is None:
        raise UnknownRegency(region_code)
    villages = places.villages_of(region_code)
    said = words.of(lang)
    with xlsxwriter.Workbook(out) as book:
        guide = book.add_worksheet(GUIDE)
        sheets = {sheet.table: book.add_worksheet(sheet.heading) for sheet in SHEETS}
        lists = book.add_worksheet(LISTS)
        _guide(book, guide, f"{name} ({region_code})", lang)
        for table, sheet in sheets.items():
            _sheet(book, sheet, BY_TABLE[table], said, len(villages))
        _prefill(sheets["programme"], "programme", [{"regency_code": region_code}])
        _prefill(sheets["village"], "village", [_row(village) for village in villages])
        districts = list(dict.fromkeys(village.district for village in villages))
        lists.write_column(0, 0, districts)
        lists.hide()
        if districts:
            _choose(sheets["kub"], BY_TABLE["kub"], "district", f"={LISTS}!$A$1:$A${len(districts)}")
        sheets["programme"].activate() if False else guide.activate()
