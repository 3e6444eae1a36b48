"""A guest's workbook: the same figures as an import of it would
give, problems told, nothing on the disk.
"""

import asyncio
import io
import json
import os
import tempfile
import tomllib
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore

import duckdb
import pandas as pd
import pytest
from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser
from streamlit import config
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.testing.v1 import AppTest

import queries
from kub import records, words
from kub.guests import figures
from kub.guests import workbook as guest_file
from kub.guests.workbook import GuestFile
from kub.records import sandbox
from kub.records.limits import GUEST_LIMITS
from kub.records.source import Upload
from kub.store.database import SAMPLES, build_connection
from kub.store.versions import ROOT
from kub.ui.guests import uploads
from kub.ui.guests.panel import STATE
from kub.ui.guests.workbook import PROBLEMS, SHOWN, problem_list
from kub.ui.markdown import escape_markdown
from kub.words import LANGUAGES
from queries.filters import Filters
from tests.support import workbooks
from tests.support.blocks import drawn
from tests.support.pages import open_page

TODAY = date(2026, 11, 24)
ID = words.of("id")
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILTERS = {
    "all": Filters(),
    "sectors": Filters(sectors=("makanan", "laundry")),
    "until": Filters(until=2019, since=2016),
    "target": Filters(denominator="target", sectors=("koperasi",), until=2021),
}


@pytest.fixture(scope="module")
def loaded() -> duckdb.DuckDBPyConnection:
    return build_connection(records.read(sorted(SAMPLES.glob("*.xlsx")), TODAY).programmes)


@pytest.fixture(
    scope="module",
    params=[
        "contoh-a",
        *(pytest.param(name, marks=pytest.mark.thorough) for name in ("contoh-c", "batang")),
    ],
)
def sample(request: pytest.FixtureRequest) -> tuple[str, GuestFile]:
    [code] = records.read([SAMPLES / f"{request.param}.xlsx"], TODAY).programmes
    found = guest_file.read(
        Upload("kami.xlsx", (SAMPLES / f"{request.param}.xlsx").read_bytes()), TODAY
    )
    assert isinstance(found, GuestFile)
    return code.programme_id, found


def both(
    con: duckdb.DuckDBPyConnection, question: str, filters: Filters, sample: tuple[str, GuestFile]
) -> list[pd.DataFrame]:
    """The rows of the loaded programme, and those of the guest's file beside it."""
    programme, guest = sample
    frame = queries.ask(con, question, filters, figures([guest], filters), "analyst")
    rows = [
        frame[frame["programme"] == name].reset_index(drop=True) for name in (programme, "guest-1")
    ]
    assert len(rows[0]) and rows[1]["declared"].all()
    return rows


@pytest.mark.parametrize("name", FILTERS)
def test_all_indicators_are_those_of_the_loaded_programme(
    loaded: duckdb.DuckDBPyConnection, sample: tuple[str, GuestFile], name: str
) -> None:
    ours, theirs = both(loaded, "benchmark", FILTERS[name], sample)
    assert len(theirs) == 13
    columns = [
        "indicator",
        "value",
        "low",
        "high",
        "n",
        "as_of",
        "provisional",
        "population",
        "definition",
        "because",
    ]
    pd.testing.assert_frame_equal(ours[columns], theirs[columns])


@pytest.mark.parametrize("name", FILTERS)
def test_years_and_sectors_are_those_of_the_loaded_programme(
    loaded: duckdb.DuckDBPyConnection, sample: tuple[str, GuestFile], name: str
) -> None:
    columns = [
        "year",
        "age",
        "as_of",
        "provisional",
        "founded",
        "kub",
        "members",
        "kub_per_village",
    ]
    ours, theirs = both(loaded, "programme_years", FILTERS[name], sample)
    pd.testing.assert_frame_equal(ours[columns], theirs[columns])
    ours, theirs = both(loaded, "programme_sectors", FILTERS[name], sample)
    pd.testing.assert_frame_equal(
        ours[["sector", "kub", "share"]], theirs[["sector", "kub", "share"]]
    )


def test_without_a_year_in_scope_there_are_no_years(sample: tuple[str, GuestFile]) -> None:
    [row] = json.loads(figures([sample[1]], Filters(until=1990)))
    assert (row["years"], row["first_year"], row["kub"]) == ([], None, 0)


def test_closed_kub_are_counted(tmp_path: Path) -> None:
    sheets = workbooks.good()
    sheets["KUB"][1]["tanggal_tutup"] = date(2018, 6, 30)
    found = guest_file.read(
        Upload("a.xlsx", workbooks.xlsx(tmp_path / "a.xlsx", sheets).read_bytes()), TODAY
    )
    assert isinstance(found, GuestFile) and found.closed == 1


def broken(tmp_path: Path) -> bytes:
    sheets = workbooks.good()
    sheets["KUB"][0]["sektor"] = "ternak *lele* <b>"
    sheets["Laporan"] += [workbooks.report("K1", date(2030, 1, day)) for day in range(1, 31)]
    return workbooks.xlsx(tmp_path / "rusak.xlsx", sheets).read_bytes()


def test_problems_are_told_in_both_languages_the_first_twenty(tmp_path: Path) -> None:
    found = guest_file.read(Upload("rusak.xlsx", broken(tmp_path)), TODAY)
    assert isinstance(found, list) and len(found) > SHOWN
    assert [problem.level for problem in found] == sorted(problem.level for problem in found)
    for lang in LANGUAGES:
        say = words.of(lang)
        lines = problem_list(found, say).splitlines()
        assert (
            len(lines) == 1 + SHOWN + 1
            and say("guest.file_more", count=len(found) - SHOWN) in lines[-1]
        )
        assert "<b>" not in problem_list(found, say)
        assert (
            escape_markdown(f"KUB · {say('guest.file_row', row=found[0].row)} · {found[0].column}")
            in lines[1]
        )
        assert escape_markdown(found[0].message(say)[1]) in lines[1]


@pytest.mark.parametrize(
    ("content", "name", "rule"),
    [
        (b"", "a.xlsx", "empty_file"),
        (b"halo", "a.xlsx", "unreadable"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "a.xlsx", "wrong_type"),
        (b"halo", "a.csv", "folder_expected"),
        (b"halo", "halo", "wrong_type"),
    ],
)
def test_what_is_no_workbook_is_a_problem(content: bytes, name: str, rule: str) -> None:
    found = guest_file.read(Upload(name, content), TODAY)
    assert isinstance(found, list) and [problem.rule for problem in found] == [rule]
    for lang in LANGUAGES:
        assert escape_markdown(name) in problem_list(found, words.of(lang))


def test_a_workbook_without_kub_is_told_so(tmp_path: Path) -> None:
    sheets = workbooks.good()
    sheets["KUB"], sheets["Laporan"] = (
        [dict.fromkeys(workbooks.kub("K1"))],
        [dict.fromkeys(sheets["Laporan"][0])],
    )
    found = guest_file.read(
        Upload("a.xlsx", workbooks.xlsx(tmp_path / "a.xlsx", sheets).read_bytes()), TODAY
    )
    assert isinstance(found, list) and "no_kub" in [problem.rule for problem in found]


@pytest.mark.parametrize(
    ("limit", "rule"),
    [("inflated", "too_large_inside"), ("area", "stray_cells"), ("cells", "too_many_cells")],
)
def test_what_is_handed_in_may_be_less_large_than_an_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, rule: str
) -> None:
    path = workbooks.xlsx(tmp_path / "a.xlsx", workbooks.good())
    monkeypatch.setattr(sandbox, "GUEST_LIMITS", replace(GUEST_LIMITS, **{limit: 10}))
    found = guest_file.read(Upload("a.xlsx", path.read_bytes()), TODAY)
    assert isinstance(found, list) and found[0].rule == rule and problem_list(found, ID)
    assert records.read([path], TODAY).ok


def listing(*folders: Path) -> list[tuple[str, int, int]]:
    found = [path for folder in folders for path in [folder, *folder.rglob("*")]]
    return sorted((str(path), path.lstat().st_mtime_ns, path.lstat().st_size) for path in found)


def test_nothing_is_opened_for_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, bad = (SAMPLES / "contoh-a.xlsx").read_bytes(), broken(tmp_path)
    for folder in ("cwd", "tmp"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / "cwd")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    before = listing(tmp_path, SAMPLES)
    guest = guest_file.read(Upload("a.xlsx", content), TODAY)
    assert isinstance(guest, GuestFile) and figures([guest], Filters(sectors=("makanan",)))
    assert isinstance(guest_file.read(Upload("b.xlsx", bad), TODAY), list)
    files = guest.con.execute(
        "SELECT path FROM duckdb_databases() WHERE NOT internal AND path IS NOT NULL"
    ).fetchall()
    assert files == []
    assert listing(tmp_path, SAMPLES) == before


def test_the_server_takes_a_large_workbook_in_without_a_temporary_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(MultiPartParser, "spool_max_size", MultiPartParser.spool_max_size)
    uploads.allow()

    async def body() -> AsyncGenerator[bytes, None]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
        yield os.urandom(3 * 2**20)
        yield b"\r\n--x--\r\n"

    async def rolled() -> bool:
        form = await MultiPartParser(
            Headers({"content-type": "multipart/form-data; boundary=x"}), body()
        ).parse()
        [file] = [value for value in form.values() if isinstance(value, UploadFile)]
        on_disk, size = file._in_memory is False, file.size
        await form.close()
        assert size == 3 * 2**20
        return on_disk

    assert asyncio.run(rolled()) is False


def test_the_server_takes_what_an_office_allows_and_keeps_it_off_the_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(MultiPartParser, "spool_max_size", MultiPartParser.spool_max_size)
    for setting, taken in (("", 50), ("120", 120), ("0.2", 1), ("900", 200), ("much", 50)):
        monkeypatch.setenv("KUB_UPLOAD_MB", setting)
        uploads.allow()
        assert config.get_option("server.maxUploadSize") == sandbox.upload_mb() == taken
        assert MultiPartParser.spool_max_size > (taken + 1) * 2**20
        assert sandbox.guest_upload_mb() == min(10, taken)
    monkeypatch.delenv("KUB_UPLOAD_MB")
    uploads.allow()
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert config.get_option("server.maxUploadSize") == settings["server"]["maxUploadSize"]


@pytest.fixture
def opened(sample_data: Path) -> AppTest:
    return open_page("benchmark", ours="yes")


def test_a_dropped_workbook_appears_in_every_chart_and_is_removed(
    opened: AppTest, sample_data: Path
) -> None:
    before = listing(sample_data)
    app = (
        opened.file_uploader[0]
        .set_value(("kami.xlsx", (SAMPLES / "contoh-a.xlsx").read_bytes(), TYPE))
        .run()
    )
    assert not app.exception and not app.error and "ours" not in app.query_params
    facts = app.session_state[STATE].row(1, Filters())
    shown = [
        markdown.value
        for markdown in app.markdown
        if escape_markdown(ID("guest.shown", **facts)) in markdown.value
    ]
    assert len(shown) == 1 and facts["kub"] > 0
    [read] = [expander for expander in app.expander if expander.label == ID("reading.title")]
    assert (
        "KUB" in read.markdown[0].value
        and escape_markdown(ID("reading.not_read", names="")) in read.markdown[0].value
    )
    alone, charts = drawn(open_page("benchmark")), drawn(app)
    assert len(charts) == 5
    assert all(chart.figure["data"] != alone[key].figure["data"] for key, chart in charts.items())
    assert ID("matrix.declared") in "".join(element.value for element in app.main.html)
    assert "guest-edit" not in [button.key for button in app.button]
    app.query_params["sectors"] = "makanan"
    app.run()
    assert not app.exception
    app.button(key="guest-remove").click().run()
    assert not app.exception and STATE not in app.session_state
    assert listing(sample_data) == before


@pytest.mark.thorough
def test_the_form_is_blank_for_who_dropped_a_workbook(opened: AppTest) -> None:
    app = (
        opened.file_uploader[0]
        .set_value(("kami.xlsx", (SAMPLES / "contoh-a.xlsx").read_bytes(), TYPE))
        .run()
    )
    app.query_params["ours"] = "yes"
    app.run()
    # the plan has numbers of its own
    asked = [box for box in app.text_input if str(box.key).startswith("guest-")]
    assert not app.exception and not asked and STATE in app.session_state


def held(value: object) -> list[bytes]:
    """Bytes anywhere in a session's state."""
    if isinstance(value, dict):
        return [found for part in value.values() for found in held(part)]
    if isinstance(value, list | tuple):
        return [found for part in value for found in held(part)]
    content = value.getvalue() if isinstance(value, io.BytesIO) else value
    return [content] if isinstance(content, bytes) and content else []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_broken_workbook_is_told_until_another_is_dropped(
    sample_data: Path, tmp_path: Path, lang: str
) -> None:
    app = open_page("benchmark", ours="yes", lang=lang)
    app.file_uploader[0].set_value(("rusak.xlsx", broken(tmp_path), TYPE)).run()
    [error] = [error.value for error in app.error]
    assert not app.exception and words.of(lang)("guest.file_problems") in error
    assert STATE not in app.session_state
    assert (
        app.file_uploader[0].value is None and held(app.session_state._state.filtered_state) == []
    )
    app.file_uploader[0].set_value(
        ("kami.xlsx", (SAMPLES / "contoh-a.xlsx").read_bytes(), TYPE)
    ).run()
    assert not app.exception and not app.error and PROBLEMS not in app.session_state
    assert STATE in app.session_state and held(app.session_state._state.filtered_state) == []


def test_a_session_has_so_many_files_read_and_no_more(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_FILES", 1)
    app = open_page("benchmark", ours="yes")
    for rule in ("unreadable", "uploads_often"):
        app.file_uploader[0].set_value(("rusak.xlsx", b"halo", TYPE)).run()
        [error] = [error.value for error in app.error]
        assert not app.exception and app.session_state[PROBLEMS][0].rule == rule


def test_the_server_holds_no_more_than_so_much_of_a_session() -> None:
    manager = MemoryUploadedFileManager("/upload")
    manager.add_file("one", UploadedFileRec("1", "a.xlsx", TYPE, b"x" * 2**20))
    with pytest.raises(HTTPException):
        manager.add_file("one", UploadedFileRec("2", "b.xlsx", TYPE, b"x" * uploads.most_held()))
    manager.add_file("two", UploadedFileRec("2", "b.xlsx", TYPE, b"x" * 2**20))
    assert [len(manager.get_files(session, ["1", "2"])) for session in ("one", "two")] == [1, 1]


def test_nobody_waits_forever_for_other_guests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guest_file, "_READERS", BoundedSemaphore(1))
    monkeypatch.setattr(guest_file, "LONGEST_WAIT", 0.01)
    guest_file._READERS.acquire()
    found = guest_file.read(Upload("a.xlsx", b"halo"), TODAY)
    assert (
        isinstance(found, list)
        and [problem.rule for problem in found] == ["readers_busy"]
        and problem_list(found, ID)
    )
