"""The sector charts and the quality chart: they draw exactly their
frame, and their titles say what it says.
"""

import pandas as pd
import pytest
from coloraide import Color

from kub import words
from kub.charts import method as method_module
from kub.charts import sector_years as years_module
from kub.charts import sectors as sectors_module
from kub.findings import method as method_findings
from kub.findings import sectors as findings
from kub.look import LIGHT, SECTORS, Mode, swap
from queries.filters import SECTORS as CODES
from queries.filters import Filters
from tests.support.figures import Figures

method_charts = Figures(method_module)
charts = Figures(sectors_module, years_module)

ID, EN = words.of("id"), words.of("en")


def mix(*kub: int) -> pd.DataFrame:
    return pd.DataFrame({"sector": CODES, "kub": kub, "members": [10 * n for n in kub]})


def years(**by_year: tuple[int, ...]) -> pd.DataFrame:
    rows = [
        (int(y[1:]), s, n, n * 10)
        for y, counts in by_year.items()
        for s, n in zip(CODES, counts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["year", "sector", "kub", "members"])


def test_bars_are_sorted_and_carry_count_and_share() -> None:
    [bar] = charts.sectors(mix(1, 0, 6, 3, 0), ID, "light")["data"]
    assert bar["x"] == [6, 3, 1, 0, 0]
    assert bar["y"][:3] == ["Laundry dan jasa", "Koperasi simpan pinjam", "Makanan"]
    assert [t.strip() for t in bar["text"][:2]] == [
        "6 · 60\N{NO-BREAK SPACE}%",
        "3 · 30\N{NO-BREAK SPACE}%",
    ]
    assert bar["marker"]["color"][0] == SECTORS["laundry"]


@pytest.mark.parametrize(
    ("counts", "indonesian", "english"),
    [
        (
            (6, 3, 1, 0, 0),
            "Makanan memimpin: 6 dari 10 KUB aktif (60\N{NO-BREAK SPACE}%)",
            "Food leads: 6 of 10 active KUB (60%)",
        ),
        (
            (0, 0, 0, 0, 2),
            "2 KUB aktif, tidak satu pun di sektor Makanan, Kerajinan, Laundry dan jasa dan Koperasi simpan pinjam",
            "2 active KUB, none of them in Food, Crafts, Laundry and services and Savings and loans",
        ),
        (
            (3, 3, 1, 0, 3),
            "Makanan dan Kerajinan sama-sama 3 dari 10 KUB aktif (30\N{NO-BREAK SPACE}%)",
            "Food and Crafts are level: 3 each of 10 active KUB (30%)",
        ),
        (
            (3, 1, 0, 0, 6),
            "Makanan terbanyak di antara sektor bernama: 3 dari 10 KUB aktif (30\N{NO-BREAK SPACE}%)",
            "Food leads among the named sectors: 3 of 10 active KUB (30%)",
        ),
        (
            (0, 0, 0, 0, 0),
            "Tidak ada KUB aktif pada pilihan ini",
            "No active KUB in this selection",
        ),
    ],
)
def test_the_mix_names_its_leader(counts: tuple[int, ...], indonesian: str, english: str) -> None:
    assert findings.sectors(mix(*counts), ID).title == indonesian
    assert findings.sectors(mix(*counts), EN).title == english


def test_members_are_counted_where_the_measure_says_so() -> None:
    finding = findings.sectors(mix(6, 3, 1, 0, 0), EN, measure="members")
    assert finding.title == "Food leads: 60 of 100 members (60%)"
    assert finding.takeaway == "The rest: Crafts 30% and Laundry and services 10%."


def test_where_the_leader_is_said_already_the_two_largest_are_told_together() -> None:
    told = [
        findings.sectors(mix(*n), EN, tell="two").title
        for n in ((6, 3, 1, 0, 0), (6, 2, 2, 0, 0), (6, 3, 0, 0, 0))
    ]
    assert told == [
        "Food and Crafts make up 90% of active KUB",
        "Food leads: 6 of 10 active KUB (60%)",
        "Food and Crafts make up 100% of active KUB",
    ]
    members = findings.sectors(mix(6, 3, 1, 0, 0), ID, measure="members", tell="two")
    assert members.title == "Makanan dan Kerajinan mencakup 90\N{NO-BREAK SPACE}% anggota"


def test_shares_of_a_year_add_up_to_one_and_empty_years_are_left_out() -> None:
    shares = findings.shares(years(y2014=(0, 0, 0, 0, 0), y2015=(1, 1, 0, 0, 2)), "kub")
    assert list(shares.index) == [2015]
    assert shares.loc[2015].tolist() == [0.25, 0.25, 0, 0, 0.5]


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        ((3, 1, 0, 0, 0), (1, 3, 0, 0, 0), "The share of Food fell from 75% (2015) to 25% (2016)"),
        (
            (0, 2, 0, 0, 2),
            (4, 2, 0, 0, 2),
            "The share of Food rose by 50 points, the largest change: 0% (2015) to 50% (2016)",
        ),
        # What is left over moved as far: no superlative, though it is no trade that could rise.
        ((4, 2, 0, 0, 4), (6, 2, 0, 0, 2), "The share of Food rose from 40% (2015) to 60% (2016)"),
        # 12.6 points, but 13% to 25% reads as 12: no number of points.
        (
            (13, 30, 30, 30, 0),
            (26, 26, 26, 25, 0),
            "The share of Food rose from 13% (2015) to 25% (2016)",
        ),
        ((2, 2, 0, 0, 0), (3, 3, 0, 0, 0), "The sector mix hardly changed from 2015 to 2016"),
    ],
)
def test_the_sector_that_moved_most_is_named(
    first: tuple[int, ...], last: tuple[int, ...], title: str
) -> None:
    assert findings.sector_years(years(y2015=first, y2016=last), EN).title == title


def test_one_year_or_none_is_said_calmly() -> None:
    assert (
        findings.sector_years(years(y2015=(1, 0, 0, 0, 0)), EN).title
        == "The sector mix of KUB in 2015"
    )
    assert (
        findings.sector_years(years(y2015=(0, 0, 0, 0, 0)), EN).title
        == "No active KUB in this selection"
    )


def test_areas_hold_the_shares_and_label_what_is_wide_enough() -> None:
    figure = charts.sector_years(years(y2015=(1, 1, 0, 0, 2), y2016=(97, 1, 1, 1, 0)), EN, "light")
    assert [trace["y"] for trace in figure["data"]][0] == [0.25, 0.97]
    # The sector that the title names says how far it went, and where it began.
    assert [note["text"] for note in figure["layout"]["annotations"]] == [
        "<b>Food 97%</b><br>+72 points",
        "<b>25%</b>",
    ]
    assert [trace["line"]["width"] for trace in figure["data"]] == [2.5, 1, 1, 1, 1]


def test_percent_on_the_axis_and_under_the_pointer_are_written_as_the_language_does() -> None:
    figure = charts.sector_years(years(y2015=(1, 1, 0, 0, 2)), ID, "light")
    assert figure["layout"]["yaxis"]["ticktext"][-1] == "100\N{NO-BREAK SPACE}%"
    assert figure["data"][0]["text"] == ["25\N{NO-BREAK SPACE}%"]


CELLS = pd.DataFrame(
    {
        "village_code": ["a", "a", "b"],
        "sector": ["makanan", "laundry", "makanan"],
        "kub": [1, 2, 9],
        "members": [10, 20, 90],
    }
)


def test_the_heat_map_puts_the_fullest_village_on_top_and_leaves_zeros_empty() -> None:
    heat, numbers = charts.village_sectors(CELLS, EN, "light", names={"a": "<b>Anom", "b": "Beji"})[
        "data"
    ]
    assert heat["y"] == ["Beji", "&lt;b&gt;Anom"]
    assert heat["z"] == [[4, None, None, None, None], [0, None, 1, None, None]]
    cells = list(zip(numbers["y"], numbers["x"], numbers["text"], strict=True))
    assert cells == [
        ("Beji", "Food", "9"),
        ("&lt;b&gt;Anom", "Food", "1"),
        ("&lt;b&gt;Anom", "Laundry", "2"),
    ]
    finding = findings.village_sectors(CELLS, EN, names={"b": "Beji"})
    assert finding.title == "Largest cluster: Food in Beji, 9 KUB"
    assert "with a single sector: 1" in finding.takeaway
    assert findings.village_sectors(CELLS[:0], EN).title == "No active KUB in this selection"


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_numbers_can_be_read_on_every_step_of_the_heat_map(mode: Mode) -> None:
    turned = swap() if mode == "dark" else {}
    for step, ink in zip(LIGHT.steps, charts.ON_STEPS, strict=True):
        ground, text = Color(turned.get(step, step)), Color(turned.get(ink, ink))
        assert ground.contrast(text, method="wcag21") >= 4.5, (step, ink)


SPECIAL = pd.DataFrame(
    {
        "village_code": ["a", "b", "c"],
        "village": ["Anom", "Beji", "Cepoko"],
        "kub": [5, 12, 2],
        "diversity": [1.0, 3.2, 1.0],
        "sector": ["makanan", "koperasi", "lainnya"],
        "share": [1.0, 0.4, 1.0],
        "lq": [2.0, 3.5, 9.0],
    }
)


def test_no_village_is_ranked_on_fewer_than_five_kub() -> None:
    finding = findings.specialisation(SPECIAL, EN)
    assert (
        finding.title
        == "Savings and loans in Beji stands out: 3.5 times its share in the whole programme"
    )
    _, dots = charts.specialisation(SPECIAL, EN, "light")["data"]
    assert dots["y"] == ["Beji", "Anom"]
    assert dots["x"] == [3.5, 2.0]
    assert "at least 5" in findings.specialisation(SPECIAL[2:], EN).title


def test_of_a_single_sector_no_village_is_typical() -> None:
    chosen = findings.specialisation(SPECIAL, EN, filters=Filters(sectors=("makanan",)))
    assert (
        chosen.title == "Villages with at least 5 KUB: 2" and "several sectors" in chosen.takeaway
    )
    several = findings.specialisation(SPECIAL, EN, filters=Filters(sectors=("makanan", "koperasi")))
    assert "3.5 times" in several.title


def test_trades_are_grouped_by_sector() -> None:
    frame = pd.DataFrame(
        {
            "sector": ["laundry", "makanan", "makanan", "lainnya"],
            "activity": ["jasa", "crackers", "jasa", None],
            "kub": [7, 3, 2, 4],
            "members": [70, 30, 20, 40],
        }
    )
    figure = charts.activities(frame, EN, "light")
    assert figure["data"][0]["x"] == [3, 2, 7]
    assert figure["layout"]["yaxis"]["ticktext"] == ["crackers", "jasa", "jasa"]
    finding = findings.activities(frame, EN)
    assert finding.title == "Commonest trade: jasa, 9 KUB"
    assert finding.takeaway == "Trades stated: 2, by 12 KUB. Trade not stated: 4 KUB."
    assert (
        findings.activities(frame[3:], EN).title == "No trade has been reported in this selection"
    )


REPORTS = pd.DataFrame(
    {"year": [2015, 2016], "active": [4, 6], "reported": [4, 3], "unreported": [0, 1]}
)


def test_the_quality_chart_shows_what_is_missing() -> None:
    behind, front = method_charts.growth_reported(REPORTS, EN, "light")["data"]
    assert (behind["y"], front["y"]) == ([4, 6], [4, 3])
    finding = method_findings.growth_reported(REPORTS, EN)
    assert finding.title == "3 of 6 active KUB reported in 2016"
    assert "1 has never reported. Reports are most complete (100%) in 2015." in finding.takeaway
    assert (
        "all have reported at least once."
        in method_findings.growth_reported(REPORTS[:1], EN).takeaway
    )
    assert (
        method_findings.growth_reported(REPORTS[:1], EN).title
        == "All 4 active KUB reported in 2015"
    )
    assert method_findings.growth_reported(REPORTS[:0], EN).title == "No reports in this selection"


def test_the_note_of_the_quality_chart_stands_over_the_last_bar() -> None:
    # Plotly reads the text "2016" of an annotation as the 2016th category, and stretches the axis
    # to it.
    [note] = method_charts.growth_reported(REPORTS, EN, "light")["layout"]["annotations"]
    assert note["x"] == len(REPORTS) - 1
