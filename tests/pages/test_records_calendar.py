"""Kalender laporan: who has not reported, where, and what is sent to them."""

import io
import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from kub import words
from kub.exports import reporting as files
from kub.store import audit
from kub.store.data import Data
from kub.store.database import current
from kub.store.reporting import Calendar, districts, totals, years
from kub.ui.records import calendar
from queries.filters import Filters
from tests.support.blocks import drawn, notices, said, table, titles
from tests.support.pages import open_page

ID, EN = words.of("id"), words.of("en")
OPEN = {"section": "calendar"}


@pytest.fixture(scope="module")
def data(sample_folder: Path) -> Iterator[Data]:
    opened = Data.open(current(sample_folder))
    yield opened.seen_by("analyst")
    opened.con.close()


def of(data: Data, year: int = 2023, district: str | None = None) -> Calendar:
    return Calendar.of(data, "BPI-BATANG", year, district)


def test_it_says_who_has_not_reported(sample_data: Path) -> None:
    app = open_page("records", **OPEN)
    assert "14 dari 207 KUB belum melapor pada 2023" in titles(app)
    assert "193\n93,2\N{NO-BREAK SPACE}% dari 207 KUB aktif" in said(app)
    rows = table(app, "calendar_kub")
    assert len(rows) == 14 and rows[0][:3] == ["KUB-260", "KUB Bina Rejeki", "Karanggeneng"]
    by_village = table(app, "calendar_villages")
    assert sum(int(row[-1]) for row in by_village) == 14
    assert "months" in drawn(app)
    [message] = [element.value for element in app.code]
    assert "*Desa Karanggeneng*" in message and "KUB Bina Rejeki (KUB-260)" in message


@pytest.mark.parametrize(
    ("year", "title"),
    [
        ("2022", "14 dari 206 KUB tidak melapor pada 2022"),
        ("2026", "Belum ada laporan 2026: 207 KUB ditunggu"),
    ],
)
def test_any_year_can_be_chosen(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch, year: str, title: str
) -> None:
    monkeypatch.setattr(calendar, "years", lambda *_: [2026, *range(2023, 2012, -1)])
    assert title in titles(open_page("records", **OPEN, calendar_year=year))


def test_a_district_narrows_all_of_it(sample_data: Path) -> None:
    app = open_page("records", **OPEN, calendar_district="33.25.13", lang="en")
    assert "7 of 98 KUB in Kandeman District have not reported in 2023 yet" in titles(app)
    assert {row[3] for row in table(app, "calendar_kub")} == {"Kandeman"}


def test_what_the_link_says_wrongly_is_said(sample_data: Path) -> None:
    app = open_page("records", **OPEN, calendar_year="1492", calendar_district="99")
    values = [item for notice in notices(app) for item in notice["items"]]
    assert [any(value in item for item in values) for value in ("1492", "99")] == [True, True]
    assert "14 dari 207 KUB belum melapor pada 2023" in titles(app)


def test_years_go_from_this_one_back_to_the_first(data: Data) -> None:
    listed = years(data, "BPI-BATANG", date(2026, 2, 1))
    assert (listed[0], listed[-1]) == (2026, data.programmes["BPI-BATANG"].years[0])
    assert years(data, "BPI-BATANG", date(2020, 2, 1))[0] == 2023


@pytest.mark.parametrize("year", [2020, 2023])
def test_its_counts_are_those_of_the_overview(data: Data, year: int) -> None:
    now = data.ask("headline", Filters(until=year)).iloc[0]
    counts = totals(of(data, year).villages())
    assert (counts["kub"], counts["reported"]) == (now["kub"], now["reported"])
    assert sum(d.missing for d in districts(of(data, year).villages())) == counts["missing"]


def test_a_message_names_every_kub_and_no_members(
    data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = of(data)
    for district in districts(whole.villages()):
        names = of(data, district=district.code).missing()
        text = files.message(whole, district, EN)
        assert all(
            f"{name} ({code})" in text for name, code in names[["name", "kub_id"]].to_numpy()
        )
        assert text.count("\n- ") == district.missing == len(names)
        assert "members," in text.splitlines()[-1]  # asked for, not told
    monkeypatch.setattr(files, "MOST_LINES", 2)
    [first, *_] = districts(whole.villages())
    assert f"… dan {first.missing - 2} KUB lain" in files.message(whole, first, ID)


def test_its_files_hold_every_row(data: Data) -> None:
    whole = of(data)
    text = files.as_csv(whole, EN, "intl").decode("utf-8-sig").splitlines()
    assert len(text) == 15 and text[0].startswith("kub_id,name,village_code,village")
    assert ";" in files.as_csv(whole, ID, "id").decode("utf-8-sig").splitlines()[0]
    book = openpyxl.load_workbook(io.BytesIO(files.as_xlsx(whole, ID, "Judul")))
    rows = list(book.worksheets[0].values)
    assert len(rows) == 15 and rows[0][0] == "Kode KUB"
    assert book.worksheets[1]["B1"].value == "Judul"
    name = files.file_name(of(data, 2022, "33.25.13"), "csv", ID)
    assert name == "kub-belum-lapor_BPI-BATANG_2022_33.25.13_contoh.csv"


def test_a_file_of_unsuppressed_members_is_written_down(
    folder: Path, data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KUB_DATA", str(folder))
    for role, lines in (("reader", 0), ("analyst", 1)):
        seen = of(data.seen_by(role))
        calendar._noted(seen, partial(files.as_csv, seen, ID, "id"))
        assert len(list(audit.lines(folder))) == lines
    [line] = [json.loads(text) for text in (folder / audit.FILE).read_text().splitlines()]
    assert (line["action"], line["file"], line["rows"]) == ("download", "calendar", 14)


def test_members_follow_the_role(data: Data) -> None:
    small = {"programme_id": "CONTOH-C", "year": 2019}
    hidden = Calendar.of(data.seen_by("reader"), **small).missing()
    shown = Calendar.of(data, **small).missing()
    assert hidden["kub_id"].tolist() == shown["kub_id"].tolist()
    assert hidden[hidden["withheld"]]["members"].isna().all()
    assert not shown["withheld"].any()


def test_only_stewards_see_it(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kub.ui.who.may", lambda role: role == "reader")
    app = open_page("records", **OPEN)
    assert "207" not in said(app) and not app.selectbox
