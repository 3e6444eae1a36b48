"""An office imports its own workbook while the dashboard runs: the next click shows it."""

from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from playwright.sync_api import expect

from kub import places, words
from tests.browser.screen import kub
from tests.browser.server import serve
from tests.browser.visitor import Visitor

KENDAL = "33.24"


def office_workbook(path: Path) -> Path:
    """What a neighbouring regency's office would send: two KUB,
    dates and numbers as people type them.
    """
    village = places.villages_of(KENDAL)[0]
    sheets: dict[str, list[list[str | int]]] = {
        "Program": [
            ["kode_program", "nama_program", "kode_wilayah", "pelaksana"],
            ["KENDAL", "KUB Kendal", KENDAL, "Dinas Koperasi"],
        ],
        "KUB": [
            ["Kode KUB", "Nama KUB", "Desa", "Kecamatan", "Sektor", "Tanggal Berdiri"],
            [
                "K1",
                "Sumber Rejeki",
                village.village,
                village.district,
                "kuliner",
                "3 November 2019",
            ],
            ["K2", "Tani Makmur", village.village, village.district, "ternak", "2020-02-17"],
        ],
        "Laporan": [
            ["kode_kub", "tanggal", "anggota"],
            ["K1", "31/12/2021", 14],
            ["K2", "31/12/2021", "21"],
        ],
    }
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_imported_workbook_appears_at_the_next_click(
    visit: Callable[[str], Visitor], tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    say = words.of("id")
    with serve(folder) as address:
        page = visit(address).open("/")
        expect(page.locator(".kub-brand")).to_contain_text("Batang")
        expect(page.locator(".kub-sample")).to_contain_text(say("frame.sample"))

        kub(folder, "import", office_workbook(tmp_path / "kendal.xlsx"))
        page.get_by_role("link", name=say("page.growth"), exact=True).click()

        expect(page.get_by_role("heading", level=1)).to_have_text(say("page.growth"))
        expect(page.locator(".kub-brand")).to_contain_text("Kendal")
        expect(page.locator(".kub-sample")).to_have_count(0)
