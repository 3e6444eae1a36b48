"""The officer's way: a blank workbook becomes published records on one page, without a terminal."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import Page, expect

from kub import words
from kub.records.marked import AUTHOR
from kub.store.versions import pointed
from tests.browser.screen import serious
from tests.browser.server import serve
from tests.browser.visitor import Visitor, settle

SLOW = 120_000  # ms that a check may take on a busy machine
SAY = words.of("id")
MOST_CLICKS = 8
RECORDS: dict[str, list[dict[str, Any]]] = {
    "Program": [
        {"kode_program": "KENDAL", "nama_program": "KUB Kendal", "pelaksana": "Dinas Koperasi"}
    ],
    "KUB": [
        {
            "kode_kub": "K1",
            "nama_kub": "Sumber Rejeki",
            "kode_desa": "33.24.01.2001",
            "sektor": "tambang",
            "tanggal_berdiri": date(2019, 11, 3),
        }
    ],
    "Laporan": [{"kode_kub": "K1", "tanggal": date(2021, 12, 31), "anggota": 14}],
}


def fill(path: Path) -> None:
    """Type the records below the headings of the blank workbook, one of them wrong."""
    book = openpyxl.load_workbook(path)
    for name, rows in RECORDS.items():
        columns = {cell.value: cell.column for cell in book[name][1]}
        for number, row in enumerate(rows, 2):
            for heading, value in row.items():
                book[name].cell(number, columns[heading], value)
    book.save(path)


def mend(path: Path) -> None:
    """Do in the marked cells what their comments say."""
    book = openpyxl.load_workbook(path)
    marked = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment and cell.comment.author == AUTHOR
    ]
    [cell] = marked
    assert cell.value == "tambang" and "makanan" in cell.comment.text
    cell.value = "makanan"
    book.save(path)


class Officer:
    """Counts what the officer has to click."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder, self.clicks = page, folder, 0

    def click(self, label: str) -> None:
        self.clicks += 1
        self.page.get_by_role("button", name=label, exact=True).click()

    def takes(self, label: str, name: str) -> Path:
        with self.page.expect_download(timeout=SLOW) as waiting:
            self.click(label)
        waiting.value.save_as(self.folder / name)
        return self.folder / name

    def drops(self, path: Path, result: str) -> None:
        self.clicks += 1
        self.page.locator("input[type=file]").set_input_files(path)
        expect(self.page.locator(result)).to_be_visible(timeout=SLOW)
        settle(self.page)
        assert serious(self.page) == []


def test_a_blank_workbook_becomes_published_records(
    visit: Callable[[str], Visitor], tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    # A machine that runs all tests at once is slower than an office's.
    with serve(folder, KUB_CHECK_S="300") as address:
        page = visit(address).open("/records")
        officer = Officer(page, tmp_path)
        assert serious(page) == []
        officer.clicks += 1
        page.get_by_role("combobox", name=SAY("upload.blank.regency")).click()
        page.keyboard.insert_text("kendal")
        expect(page.get_by_role("option", name="Kabupaten Kendal", exact=True)).to_be_visible()
        page.keyboard.press("Enter")
        settle(page)
        blank = officer.takes(SAY("upload.blank.button"), "kub-33.24.xlsx")
        fill(blank)
        officer.drops(blank, ".kub-records-stop")
        expect(page.locator(".kub-records-problems tbody tr")).to_have_count(1)
        marked = officer.takes(SAY("upload.marked.button", file=blank.name), "bertanda.xlsx")
        mend(marked)
        officer.click(SAY("upload.again"))
        officer.drops(marked, ".kub-records-passed")
        expect(page.locator(".kub-records-table").first).to_contain_text(SAY("upload.headline.kub"))

        other = visit(address).open("/")  # a dashboard that stands open
        expect(other.locator(".kub-footer")).to_contain_text(SAY("source.sample")[:11])
        before = pointed(folder)
        officer.click(SAY("upload.publish.button"))
        page.locator(".st-key-records-note textarea").fill("pertama")
        assert serious(page) == [] and pointed(folder) == before
        officer.click(SAY("upload.publish.sure"))
        expect(page.locator(".kub-records-done")).to_contain_text("KUB Kendal", timeout=SLOW)
        version = pointed(folder)
        assert version and version != before
        assert officer.clicks <= MOST_CLICKS

        # It follows at its next click, and is of one version alone.
        other.get_by_role("link", name=SAY("page.growth"), exact=True).click()
        expect(other.locator(".kub-footer")).to_contain_text(f"versi {version.label}")
        expect(other.locator(".kub-footer")).to_contain_text("KUB Kendal")
        expect(other.locator("h1")).to_contain_text(SAY("page.growth"))
        page.get_by_role("link", name=SAY("upload.done.overview")).click()
        expect(page.locator(".kub-strip")).to_contain_text("14")
