"""Program pendukung on the sample, part by part, and the lines of Ringkasan that lead there."""

import pandas as pd
import pytest

from kub import words
from kub.store.data import Data
from kub.store.database import current
from kub.words import LANGUAGES
from queries.filters import Filters
from tests.support.blocks import blocks, choose, drawn, notices, table, titles
from tests.support.pages import diamonds, open_page

pytestmark = pytest.mark.usefixtures("sample_data")
PARTS = ("microfinance", "libraries", "school_visits", "awards", "study_visits")
CHARTS = {
    "microfinance": ["microfinance", "microfinance_years"],
    "libraries": ["library_years", "library_years_visits", "libraries", "library_villages"],
    "school_visits": ["school_visits", "school_villages"],
    "awards": ["awards"],
    "study_visits": ["study_visits", "study_regencies"],
}


def ask(question: str, **filters: object) -> pd.DataFrame:
    return Data.open(current()).ask(question, Filters(**filters))  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_its_charts(part: str, lang: str) -> None:
    app = open_page("programmes", part=part, lang=lang)
    assert list(drawn(app)) == CHARTS[part]
    assert not notices(app)


def test_the_real_cooperatives_stand_with_their_published_figures() -> None:
    app = open_page("programmes", unit="LKM-3", amount="customers")
    profile = drawn(app)["microfinance_reports"]
    assert diamonds(profile) == {3242}
    assert any(title.startswith("KSP Berkah Jaya: 3.242 nasabah") for title in titles(app))
    assert diamonds(visit_chart("microfinance_reports", unit="LKM-3")) == {3_866_000_000}


def visit_chart(key: str, **params: str) -> object:
    return drawn(open_page("programmes", **params))[key]


def test_an_unknown_unit_is_said() -> None:
    app = open_page("programmes", unit="LKM-99")
    assert "LKM-99" in notices(app)[0]["items"][0]
    assert "microfinance_reports" not in drawn(app)


def test_libraries_have_their_published_diamonds_only_for_the_whole() -> None:
    assert diamonds(drawn(open_page("programmes", part="libraries"))["library_years"]) == {
        2,
        10,
        15,
    }
    narrowed = open_page("programmes", part="libraries", districts="33.25.13")
    assert diamonds(drawn(narrowed)["library_years"]) == set()


@pytest.mark.parametrize("has", ["both", "library", "neither"])
def test_a_tile_lists_its_villages(has: str) -> None:
    app = open_page("programmes", part="libraries", has=has)
    frame = ask("library_villages")
    listed = [row[0] for row in table(app, "has-list")]
    assert sorted(listed) == sorted(frame.loc[frame["has"] == has, "village"])


def test_a_tile_without_villages_lists_none() -> None:
    assert not blocks(open_page("programmes", part="libraries", has="kub"), "rows")


def test_choosing_a_tile_is_in_the_link() -> None:
    app = open_page("programmes", part="libraries")
    choose(app, "has", "neither")
    assert app.query_params["has"] == "neither"
    choose(app, "has", "both")  # the default is left out of the link
    assert "has" not in app.query_params
    [tiles] = [
        block["chart"] for block in blocks(app, "card") if block["key"] == "library_villages"
    ]
    assert tiles["selects"] == ["has"]


def test_ringkasan_leads_to_each_part_under_the_same_filters() -> None:
    app = open_page("overview", districts="33.25.13", lang="en")
    [links] = [block["items"] for block in blocks(app, "links")]
    assert [(page, changes) for _, page, changes in links] == [
        ("programmes", {"part": part}) for part in PARTS
    ]
    assert links[0][0].startswith("2 ")


def test_a_programme_without_such_sheets_says_how_to_bring_them() -> None:
    """CONTOH-D has libraries and visits but no microfinance: it is not offered what it lacks."""
    app = open_page("programmes", programme="CONTOH-D")
    assert "microfinance" not in drawn(app)
    assert list(ask("supporting", programme="CONTOH-D")["part"])[0] == "libraries"
    assert list(drawn(app)) == CHARTS["libraries"]
    assert words.of("id").has("supporting.none")
