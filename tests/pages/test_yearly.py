"""Pages of a programme that shares yearly figures only, and its place beside others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kub import words
from kub.exports.benchmark_card import card
from kub.records import read
from kub.records.source import Upload
from kub.sql import sandbox
from kub.store import database
from kub.store.data import Data
from kub.store.versions import ROOT
from kub.ui import content, view
from kub.web.sql_blocks import Sql
from kub.words import LANGUAGES
from queries.filters import Filters
from tests.support.blocks import drawn, said, strip
from tests.support.cards import TODAY
from tests.support.pages import open_page, page_html

ID = words.of("id")
BATANG = "BPI-BATANG"


@pytest.fixture(scope="module")
def folder(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with its own records and the card of Batang."""
    content = card(Data.open(database.current(sample_folder)), Filters(BATANG))
    own = ROOT / "data" / "sample" / "contoh-a.xlsx"
    checked = read([own, Upload("kartu.zip", content)], TODAY)
    folder = tmp_path_factory.mktemp("office")
    database.build(checked.programmes, folder)
    return folder


@pytest.fixture(autouse=True)
def _in_use(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("KUB_DATA", str(folder))
    yield


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_say_it_and_show_what_they_can(lang: str) -> None:
    say = words.of(lang)
    title = say("yearly.title", regency=say.regency("Kabupaten Batang"))
    expected = {
        "overview": ["growth", "sectors"],
        "growth": ["growth", "targets", "growth_flow", "survival"],
        "sectors": ["sectors", "sector_years"],
        "villages": [],
        "economy": ["revenue", "revenue_sectors"],
        "programmes": [],
    }
    for name, charts in expected.items():
        app = open_page(name, programme=BATANG, lang=lang)
        assert title in said(app) and list(drawn(app)) == charts, name
    assert f": {say.number(207)};" in strip(open_page("overview", programme=BATANG, lang=lang))


def test_what_numbers_mean_is_said_of_every_programme() -> None:
    app = open_page("method", programme=BATANG)
    assert ID("method.item.coverage.name") in said(app)
    assert list(drawn(app)) == ["growth_reported"]
    narrowed = open_page("method", programme=BATANG, sectors=["makanan", "laundry"])
    assert ID("method.item.coverage.name") in said(narrowed) and drawn(narrowed) == {}


def test_filters_that_need_more_leave_the_notice_alone() -> None:
    two = {"sectors": ["makanan", "laundry"]}
    assert drawn(open_page("growth", programme=BATANG, **two)) == {}
    later = open_page("growth", programme=BATANG, until="2020")
    assert list(drawn(later)) == ["growth", "targets", "growth_flow"]


def test_the_benchmark_of_a_card_says_so_and_compares() -> None:
    app = open_page("benchmark", programme=BATANG)
    assert any("hanya membagikan angka tahunan" in info.value for info in app.info)
    assert {"rates", "benchmark", "programme_years", "programme_sectors"} <= set(drawn(app))
    app = open_page("benchmark", programme=BATANG, sectors=["makanan", "laundry"])
    assert "angka tahunan" in " ".join(element.value for element in app.main.subheader)


def test_a_card_is_marked_beside_full_programmes() -> None:
    app = open_page("benchmark")
    assert ID("yearly.mark") in page_html(app)
    entry = "Kabupaten Batang, data per 30 Juni 2023, data contoh"
    assert any(entry in caption.value.replace("\\", "") for caption in app.caption)
    assert drawn(app)["rates"].figure["data"]


def test_the_page_of_definitions_stands() -> None:
    assert not open_page("method", programme=BATANG).exception


@pytest.mark.parametrize(
    ("own", "other"), [("CONTOH-A", BATANG), (BATANG, "CONTOH-A")], ids=["to a card", "of a card"]
)
def test_what_a_card_answers_is_compared_and_the_rest_says_why_not(own: str, other: str) -> None:
    both = {"programme": own, "against_programme": other}
    growth = drawn(open_page("growth", **both))["growth"].caption.title
    assert "Kabupaten Batang" in growth and "Kabupaten Contoh A" in growth
    for name in ("overview", "sectors", "economy", "programmes", "villages"):
        app = open_page(name, **both)
        regency = "Kabupaten Batang"
        notice = ID("against.yearly_page", regency=regency)
        assert (notice in said(app)) == (other == BATANG), name
    ranking = drawn(open_page("villages", **both)).get("villages_ranking")
    if ranking:
        assert ID("against.yearly", regency="Kabupaten Batang") in ranking.caption.subtitle


def test_explore_says_it_over_the_list_and_keeps_sql(folder: Path) -> None:
    data = Data.open(database.current(folder))
    title = ID("yearly.title", regency="Kabupaten Batang")
    for look in ("kub", "pivot", "sql"):
        asked = {"programme": [BATANG], "explore": [look]}
        shown = content.written(view.of(asked, analyst=True), "explore")
        kinds = [part.kind for part in shown.parts]
        assert ("sql" in kinds, title in str(shown.parts)) == (look == "sql", look != "sql")
        assert "controls" in kinds
    [editor] = [part for part in shown.parts if isinstance(part, Sql)]
    # What is asked of villages and single KUB is asked of a programme that shares them.
    of_card = [sql for _, sql in editor.examples if BATANG in sql]
    assert len(of_card) == 1 and len(editor.examples) > 3
    for _, sql in editor.examples:
        assert len(sandbox.run(data, sql).table)
