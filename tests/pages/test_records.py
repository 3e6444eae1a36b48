"""The page of the records: dropped, checked, compared with today, published."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kub import words
from kub.exports import benchmark_card
from kub.records import sandbox
from kub.store import audit, candidate, catalogue, database
from kub.store.data import Data
from kub.store.versions import pointed
from kub.ui import who
from kub.ui.records import drop, problems
from kub.ui.records.drop import Drop
from queries.filters import Filters
from tests.support.pages import open_page, page_html
from tests.support.versions import records
from tests.support.workbooks import csv_folder, good, kub, xlsx

ID = words.of("id")
TYPE = "application/octet-stream"


@pytest.fixture(autouse=True)
def steward(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "may", lambda *_, **__: True)
    # On a busy machine a healthy workbook may take longer.
    monkeypatch.setenv("KUB_CHECK_S", "300")
    monkeypatch.delenv("KUB_UPLOAD_MB", raising=False)


@pytest.fixture
def book(tmp_path: Path) -> bytes:
    return workbook(tmp_path, good())


def workbook(tmp_path: Path, sheets: dict) -> bytes:
    sheets["Program"][0]["contoh"] = "tidak"
    return xlsx(tmp_path / "kantor.xlsx", sheets).read_bytes()


def opened() -> AppTest:
    return open_page("records")


def dropped(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader[0].set_value([(name, content, TYPE) for name, content in files])
    app.run(timeout=300)
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run(timeout=300)
    assert not app.exception
    return app


def kept(app: AppTest) -> Drop:
    state = app.session_state[drop.STATE]
    assert isinstance(state, Drop)
    return state


def test_a_good_workbook_is_published_after_a_question(folder: Path, book: bytes) -> None:
    before = pointed(folder)
    app = dropped(opened(), ("kantor.xlsx", book))
    assert pointed(folder) == before
    html = page_html(app)
    assert ID("upload.passed") in html and "Program Uji" in html
    assert kept(app).files == []  # nothing of it is kept but what may be published
    assert ID("upload.new_programme") in html
    press(app, "records-publish-open")
    app.text_area(key="records-note").set_value("laporan Juni")
    press(app, "records-sure")
    version = pointed(folder)
    assert version and version != before
    assert version.label in page_html(app)
    assert catalogue.note(folder, version.name) == "laporan Juni"
    imports = [line for line in audit.lines(folder) if line["action"] == "import"]
    assert [line["version"] for line in imports] == [version.name]
    assert list((folder / candidate.FOLDER).glob("*")) == []
    # The first real programme takes the samples out.
    assert list(Data.open(version).programmes) == ["uji"]


def test_problems_are_listed_and_nothing_is_prepared(folder: Path, tmp_path: Path) -> None:
    sheets = good()
    sheets["KUB"][0]["sektor"] = "<b>warung</b>"
    sheets["Laporan"][0]["anggota"] = 600
    app = dropped(opened(), ("kantor.xlsx", workbook(tmp_path, sheets)))
    html = page_html(app)
    assert "&lt;b&gt;warung&lt;/b&gt;" in html and "<b>warung</b>" not in html
    assert html.index('<tr class="problem">') < html.index('<tr class="warning">')
    assert not [button for button in app.button if button.key == "records-publish-open"]
    assert kept(app).ready is None and list((folder / candidate.FOLDER).glob("*")) == []
    text = problems.csv(problems.ordered(kept(app).checked.problems), ID).decode("utf-8-sig")
    assert "kantor.xlsx;KUB;2;sektor;<b>warung</b>" in text
    # The bytes are there for the marked workbook, until the page is left.
    assert len(kept(app).files) == 1
    app.switch_page("overview.py").run(timeout=300)
    assert drop.STATE not in app.session_state


def test_thousands_of_problems_come_by_pages(tmp_path: Path) -> None:
    sheets = good()
    sheets["KUB"] += [kub(f"K{n}", sektor="tambang") for n in range(10, 130)]
    app = dropped(opened(), ("kantor.xlsx", workbook(tmp_path, sheets)))
    assert page_html(app).count('<tr class="problem">') == problems.SHOWN
    press(app, "records-page-next")
    assert page_html(app).count('<tr class="problem">') == problems.SHOWN
    press(app, "records-page-next")
    assert page_html(app).count('<tr class="problem">') == 20


@pytest.mark.thorough
def test_a_zip_is_a_folder_a_card_or_refused(folder: Path, tmp_path: Path) -> None:
    sheets = good()
    sheets["Program"][0]["contoh"] = "tidak"
    packed, files = BytesIO(), csv_folder(tmp_path / "catatan", sheets)
    with zipfile.ZipFile(packed, "w") as archive:
        for path in files.iterdir():
            archive.write(path, f"catatan/{path.name}")
    app = dropped(opened(), ("catatan.zip", packed.getvalue()))
    assert [p.programme_id for p in kept(app).ready.programmes] == ["uji"]
    version = pointed(folder)
    assert version
    data = Data.open(version)
    card = benchmark_card.card(data, Filters(data.default.programme_id))
    press(app, "records-clear")
    app = dropped(app, ("kartu.zip", card), ("sampah.zip", b"PK nothing"))
    listed = kept(app).checked.problems
    assert [(p.file, p.rule) for p in listed] == [("sampah.zip", "packed")]
    press(app, "records-clear")
    app = dropped(app, ("kartu.zip", card))
    assert kept(app).ready.programmes[0].is_card


def test_too_large_is_refused_in_python_too(book: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUB_UPLOAD_MB", "1")
    app = dropped(opened(), ("kantor.xlsx", book + bytes(2**20)))
    [problem] = kept(app).checked.problems
    assert (problem.rule, problem.values["mb"]) == ("too_large_file", 1)
    assert "1 MB" in page_html(app)


@pytest.mark.thorough
def test_the_second_of_two_stewards_is_told_and_loses_nothing(folder: Path, book: bytes) -> None:
    app = dropped(opened(), ("kantor.xlsx", book))
    first = database.build([records("A", 12)], folder, by=audit.LOCAL)
    press(app, "records-publish-open")
    assert ID("upload.by.local") in app.warning[0].value and pointed(folder) == first
    assert kept(app).ready.base == first
    press(app, "records-publish-open")
    press(app, "records-sure")
    version = pointed(folder)
    assert version and set(Data.open(version).programmes) == {"A", "uji"}


def test_what_vanishes_is_asked_about(folder: Path, book: bytes, tmp_path: Path) -> None:
    app = dropped(opened(), ("kantor.xlsx", book))
    press(app, "records-publish-open")
    press(app, "records-sure")
    press(app, "records-more")
    sheets = good()
    sheets["Laporan"] = [sheets["Laporan"][0] | {"anggota": 8, "anggota_perempuan": 4}]
    sheets["KUB"] = sheets["KUB"][:1]
    app = dropped(app, ("kantor.xlsx", workbook(tmp_path, sheets)))
    [entry] = kept(app).preview.programmes
    assert [(w.what, w.before, w.after) for w in entry.warned] == [
        ("members", 37, 8),
        ("kub", 2, 1),
        ("reports", 3, 1),
    ]
    assert page_html(app).split("kub-records-gone")[1].count("</p>") >= 3
    # The same again changes nothing, and says so.
    press(app, "records-clear")
    app = dropped(app, ("kantor.xlsx", book))
    assert ID("upload.nothing") in page_html(app)


def test_others_see_what_the_page_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "may", lambda role, *_, **__: role != "steward")
    app = opened()
    assert app.info[0].value == ID("upload.closed") and not app.file_uploader


def test_a_programme_out_of_scope_is_refused(book: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(who, "may", lambda *_, programme=None, **__: programme is None)
    app = dropped(opened(), ("kantor.xlsx", book))
    assert [problem.rule for problem in kept(app).checked.problems] == ["not_theirs"]


def test_a_reading_process_is_at_hand(book: bytes) -> None:
    opened()
    assert sandbox._spare
