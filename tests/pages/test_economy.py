"""Ekonomi on the sample: the finding first, each chart under the same filters, what is not stated
as a list; and the one number and sentence that Ringkasan has of it.
"""

import pytest

from kub import words
from kub.store.data import Data
from kub.store.database import current
from kub.words import LANGUAGES
from queries.filters import Filters
from tests.support.blocks import (
    blocks,
    choose,
    controls,
    drawn,
    head,
    labels,
    notices,
    strip,
    table,
    titles,
)
from tests.support.pages import open_page

pytestmark = pytest.mark.usefixtures("sample_data")
CHARTS = [
    "revenue",
    "revenue_averages",
    "revenue_assets",
    "revenue_sectors",
    "revenue_villages",
    "revenue_ranking",
]
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_each_chart_and_the_work_list(lang: str) -> None:
    app = open_page("economy", lang=lang)
    assert list(drawn(app)) == CHARTS
    assert not notices(app)
    assert head(app)["name"] == words.of(lang)("page.economy")
    rows = Data.open(current()).ask("revenue_missing", Filters(until=2022))
    assert len(table(app, "revenue_missing")) == min(len(rows), 300) > 0
    assert [row[0] for row in table(app, "revenue_missing")[:3]] == list(rows["name"][:3])


def test_the_finding_is_the_change_on_matched_kub() -> None:
    app = open_page("economy")
    rows = Data.open(current()).ask("revenue", Filters()).set_index("year")
    change = words.of("id").percent(abs(rows["matched_change"][2022]))
    said = f"Omzet KUB yang melapor dua tahun berturut-turut naik {change} pada 2022"
    assert titles(app)[0].startswith(said)
    assert f"Omzet KUB yang sama: +{change};" in strip(app)
    assert "rupiah nominal" in drawn(app)["revenue"].caption.subtitle


def test_sectors_and_villages_are_of_the_last_finished_year_unless_another_is_asked_for() -> None:
    def of(chart: str, **params: str) -> str:
        caption = drawn(open_page("economy", **params))[chart].caption
        return f"{caption.title} {caption.subtitle}"

    assert "pada 2022" in of("revenue_sectors")
    assert "pada 2019" in of("revenue_ranking", until="2019")
    assert "sampai 30 Juni 2023" in of("revenue_villages", until="2023")


def test_map_and_ranking_follow_the_choice() -> None:
    app = open_page("economy", lang="en")
    assert controls(app) == ["revenue_measure"]
    assert labels(app, "revenue_measure") == ["Per KUB", "Per member", "Total"]
    choose(app, "revenue_measure", "revenue_idr")
    assert app.query_params["revenue_measure"] == "revenue_idr"
    assert drawn(app)["revenue_ranking"].caption.title.startswith("Revenue of ")
    unknown = open_page("economy", revenue_measure="satu")
    assert "satu" in notices(unknown)[0]["items"][0]


def test_a_single_sector_stands_among_those_that_may_be_chosen_instead() -> None:
    app = open_page("economy", sectors="kerajinan")
    dots = drawn(app)["revenue_sectors"].figure["data"][-1]
    assert "kerajinan" in dots["customdata"] and len(dots["customdata"]) > 1
    assert all("erajinan" in title for title in titles(app))


def test_a_single_village_stands_among_those_that_may_be_chosen_instead() -> None:
    app = open_page("economy", villages="33.25.13.2011", lang="en")
    [bars] = drawn(app)["revenue_ranking"].figure["data"]
    assert "33.25.13.2011" in bars["customdata"] and len(bars["customdata"]) > 1
    assert all("Karanggeneng" in title for title in titles(app))


def test_without_kub_the_page_says_which_filter_to_loosen() -> None:
    app = open_page("economy", villages="33.25.01.2001", lang="en")
    assert words.of("en")("frame.empty") in titles(app)


def test_ringkasan_has_one_number_and_one_sentence() -> None:
    app = open_page("overview")
    assert "Omzet per KUB: Rp" in strip(app) and "Anggota per KUB" not in strip(app)
    [findings] = [block["items"] for block in blocks(app, "findings")]
    assert [title for title, _ in findings][2].startswith("Omzet KUB yang sama naik")
    assert len(findings) == 3 and strip(app).count("\n") == 5
