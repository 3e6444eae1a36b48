"""The guest's figures as a half-filled workbook: read back, and completed to records."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from kub.guests import Guest
from kub.guests.own_records import file_name, rows, workbook
from kub.records import read
from kub.records.source import Upload
from kub.words import of
from queries.filters import SECTORS

TODAY = date(2026, 11, 29)
GUEST = Guest(
    "36.72",
    "Kota Cilegon",
    480_378,
    2024,
    43,
    date(2025, 12, 31),
    kub=6,
    members=80,
    covered=3,
    kub_before=4,
    sectors=(3, 1, 0, 2, 0),
)


def test_it_holds_what_was_stated_and_asks_for_the_rest() -> None:
    content = workbook(GUEST, of("id"), TODAY)
    book = openpyxl.load_workbook(BytesIO(content))
    program = {
        c.value: d.value for c, d in zip(book["Program"][1], book["Program"][2], strict=True)
    }
    assert program["kode_wilayah"] == "36.72" and program["penduduk"] == 480_378
    assert program["kode_program"] is None and program["pelaksana"] is None
    assert book["Desa"].max_row == 44
    assert [row[0].value for row in book["KUB"].iter_rows(2)] == [f"KUB-00{n}" for n in range(1, 7)]
    assert book["Laporan"]["B2"].value.date() == GUEST.as_of
    figures = [tuple(c.value for c in row) for row in book["Angka Publikasi"].iter_rows(2)]
    assert [(on.date(), *rest[:2]) for on, *rest in figures] == [
        (date(2025, 12, 31), "kub", 6),
        (date(2025, 12, 31), "anggota", 80),
        (date(2025, 12, 31), "desa", 3),
        (date(2022, 12, 31), "kub", 4),
    ]
    # What is missing is all that a check finds.
    problems = read([Upload("awal.xlsx", content)], TODAY).problems
    assert {problem.rule for problem in problems if problem.level == "problem"} == {"missing_value"}


def test_completed_it_is_the_own_records() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(GUEST, of("id"), TODAY)))
    program, kub, report = book["Program"], book["KUB"], book["Laporan"]

    def put(
        page: openpyxl.worksheet.worksheet.Worksheet, heading: str, row: int, value: object
    ) -> None:
        column = next(cell.column for cell in page[1] if cell.value == heading)
        page.cell(row, column, value)

    for heading in ("kode_program", "nama_program", "pelaksana"):
        put(program, heading, 2, "CILEGON")
    for row in range(2, 8):
        put(kub, "nama_kub", row, f"Mawar {row}")
        put(kub, "kode_desa", row, book["Desa"].cell(2, 1).value)
        put(kub, "tanggal_berdiri", row, date(2024, 5, 1))
        put(report, "anggota", row, 10)
    out = BytesIO()
    book.save(out)
    result = read([Upload("awal.xlsx", out.getvalue())], TODAY)
    assert result.problems == []
    tables = result.programmes[0].tables
    sectors = tables["kub"]["sector"].to_pylist()
    assert [sectors.count(sector) for sector in SECTORS] == list(GUEST.sectors or ())
    assert tables["kub_report"].num_rows == 6


@pytest.mark.parametrize(
    ("guest", "listed", "totals"),
    [
        (replace(GUEST, counted="aided"), 0, ["kub"]),
        (replace(GUEST, counted="formed"), 0, ["kub", "anggota", "desa", "kub"]),
        (replace(GUEST, kub=5_000, sectors=None), 0, ["kub", "anggota", "desa", "kub"]),
        (replace(GUEST, sectors=None, kub_before=None), 6, ["kub", "anggota", "desa"]),
    ],
)
def test_only_kub_that_are_known_are_listed(guest: Guest, listed: int, totals: list[str]) -> None:
    made = rows(guest, of("en"), TODAY)
    assert len(made["kub"]) == len(made["kub_report"]) == listed
    assert [row["indicator"] for row in made["published_figure"]] == totals
    assert all("Own figures" in row["source"] for row in made["published_figure"])


def test_its_name_says_whose_it_is() -> None:
    assert file_name(GUEST, of("id")) == "kub-catatan-awal_kota-cilegon.xlsx"
