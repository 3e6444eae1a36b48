"""Pages and cards by plain request: the same text as the screen's, the same roles, no more."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.applications import Starlette

from kub import words
from kub.store.data import Data
from kub.store.database import current
from kub.ui import content, doors, errors, page_route, view
from kub.ui.site import DIRECT, PAGES
from kub.words import LANGUAGES
from queries.filters import Filters
from tests.support import small
from tests.support.blocks import component, page, walk
from tests.support.pages import open_page
from tests.support.requests import Answered, request
from tests.support.small import WONOKERSO

HERE = {doors.FROM.replace("-", "_"): doors.LOCAL}
ELSEWHERE = {doors.FROM.replace("-", "_"): doors.OUTSIDE}
SMALL = "programme=CONTOH-C&role=analyst"
APP = Starlette(routes=page_route.routes)


def get(path: str, **headers: str) -> Answered:
    return request(APP, f"/api/{path}", **headers)


@pytest.mark.usefixtures("sample_data")
@pytest.mark.parametrize("name", DIRECT)
def test_the_route_gives_what_the_screen_shows(name: str) -> None:
    app = open_page(name, lang="en", districts="33.25.13")
    state = component(app)
    assert state
    answer = get(f"page/{name}?{state['query']}", **HERE)
    assert answer.json() == page(app)
    assert (answer.json()["stamp"], answer.json()["page"]) == (state["stamp"], name)
    assert answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.usefixtures("sample_data")
def test_a_page_that_is_known_is_not_sent_again() -> None:
    first = get("page/growth")
    assert first.status == 200 and first.headers["content-encoding"] == "gzip"
    plain = get("page/growth", accept_encoding="identity")
    assert plain.json() == first.json() and "content-encoding" not in plain.headers
    tag = first.headers["etag"]
    assert get("page/growth", if_none_match=tag).status == 304
    assert get("page/growth?until=2020", if_none_match=tag).status == 200
    assert request(APP, "/api/page/growth", "HEAD").status == 200


@pytest.mark.usefixtures("sample_data")
def test_only_the_machine_itself_sees_what_analysts_see(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(headers: dict[str, str]) -> str:
        text = get(f"page/overview?{SMALL}", **headers).text
        on, refused = (words.of("id")(f"withheld.{key}") for key in ("on", "refused"))
        assert (on in text) != (refused in text)
        return "analyst" if on in text else "reader"

    assert told(HERE) == "analyst"
    assert told({}) == told(ELSEWHERE) == "reader"
    monkeypatch.setenv("KUB_ANALYST", "no")
    assert told(HERE) == "reader"
    monkeypatch.setenv("KUB_ANALYST", "yes")
    assert (told(HERE), told({})) == ("analyst", "reader")


@pytest.mark.usefixtures("sample_data")
@pytest.mark.parametrize(
    "path",
    [
        *(f"page/{name}" for name in (*PAGES, "present", "..", "growth.py") if name not in DIRECT),
        "page/growth?until=" + "2" * 9_000,
        "card/growth/nothing.csv?writing=id",
        "card/growth/growth.exe",
        "card/growth/growth",
        "card/growth/growth.csv",
        "card/growth/growth.csv?writing=klingon",
        "card/benchmark/rates.xlsx",
    ],
)
def test_what_there_is_not_is_not_found(path: str) -> None:
    assert get(f"{path}").status == 404


@pytest.mark.usefixtures("sample_data")
def test_a_card_gives_its_rows_as_files_and_as_a_table() -> None:
    asked = Data.open(current()).ask("growth", Filters(districts=("33.25.13",)))
    at = "card/growth/growth_flow"
    file = get(f"{at}.csv?districts=33.25.13&writing=intl")
    assert "kub-growth-flow" in file.headers["content-disposition"].replace("_", "-")
    rows = list(csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff"))))
    assert [int(row["founded"]) for row in rows] == asked["founded"].tolist()
    book = openpyxl.load_workbook(io.BytesIO(get(f"{at}.xlsx?districts=33.25.13&lang=en").content))
    assert book.worksheets[0].max_row > len(rows)
    table = get(f"{at}.table?districts=33.25.13").json()
    founded = table["headings"].index(words.of("id")("column.founded"))
    assert [int(row[founded]) for row in table["rows"]] == asked["founded"].tolist()
    assert founded in table["numeric"] and table["order"][str(founded)] == asked["founded"].tolist()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_fault_is_logged_and_told_calmly(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    lang: str,
    sample_data: Path,
) -> None:
    def broken(_: content.Content) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setitem(content._SHOWN, (content.FOLDER, "growth"), broken)
    answer = get(f"page/growth?lang={lang}&until=2019")
    assert answer.status == 503 and "secret" not in answer.text
    [block] = answer.json()["blocks"]
    assert block["title"] == words.of(lang)("error.fault.title")
    assert "K-" in block["text"] and "ZeroDivisionError" in caplog.text


def test_without_records_the_page_says_how_to_load_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing() -> Any:
        raise errors.NoData

    monkeypatch.setattr(view, "data", nothing)
    answer = get("page/overview?lang=en")
    assert answer.status == 503
    assert answer.json()["blocks"][0]["title"] == words.of("en")("error.no_data.title")


def test_hostile_names_travel_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small.in_use(tmp_path, monkeypatch)
    import duckdb

    name = '</script><b onclick="x">*A*'
    [version] = (folder / "data" / "versions").glob("kub-*.duckdb")
    with duckdb.connect(version) as con:
        con.execute("UPDATE village SET village = ? WHERE village_code = ?", [name, WONOKERSO])
    answer = get(f"page/villages?profile={WONOKERSO}")
    assert answer.headers["content-type"] == "application/json"
    [panel] = [b for b in walk(answer.json()["blocks"]) if b["kind"] == "panel"]
    assert panel["title"].startswith(name)


def test_an_import_and_new_borders_are_another_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small.in_use(tmp_path, monkeypatch)
    stamps = [get("page/villages").json()["stamp"]]
    (folder / "data" / "boundaries").mkdir()
    (folder / "data" / "boundaries" / "a.geojson").write_text(json.dumps({"features": []}))
    stamps.append(get("page/villages").json()["stamp"])
    small.write(folder / "data", "20261125T031500000000Z", sample=False)
    stamps.append(get("page/villages").json()["stamp"])
    assert len(set(stamps)) == 3
