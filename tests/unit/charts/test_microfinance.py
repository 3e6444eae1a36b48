"""The figures of microfinance draw the numbers of their frames: bars,
courses with gaps, published diamonds.
"""

from datetime import date
from typing import Any

import pytest

from kub import words
from kub.charts import microfinance as microfinance_module
from kub.charts.stretch import grid
from tests.support import supporting
from tests.support.courses import narrow, points, texts
from tests.support.figures import Figures
from tests.support.supporting import PUBLISHED

charts = Figures(microfinance_module)

ID, EN = words.of("id"), words.of("en")


def diamonds(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [t for t in figure["data"] if t.get("marker", {}).get("symbol") == "diamond-open"]


def test_each_unit_has_its_customers_and_the_members_of_its_village() -> None:
    frame = supporting.units(
        PUBLISHED, {"lkm_id": "LKM-2", "customers": None, "kub": 0, "members": 0, "name": "<b>"}
    )
    figure = charts.microfinance(frame, ID, "light")
    customers, members, marks = figure["data"]
    assert (customers["x"], members["x"]) == ([300, None], [60, 0])
    assert customers["customdata"] == ["LKM-1", "LKM-2"]
    assert marks["x"] == [290]
    assert marks["hovertext"] == [
        "Angka publikasi per 21 Mei 2023: 290 nasabah<br>&lt;i&gt;berita&lt;/i&gt;"
    ]
    assert texts(figure["layout"]["annotations"]) == [
        "<b>300 nasabah · ◇ 290, Mei 2023</b>",
        "60 anggota KUB",
        "<b>belum melapor</b>",
        "belum ada KUB di desa ini",
    ]
    assert figure["layout"]["xaxis"]["range"] == [0, 300]
    assert texts(narrow(figure)["annotations"])[0] == "<b>KSP Satu</b> 300 nasabah · ◇ 290"
    assert "&lt;b&gt;" in figure["layout"]["yaxis"]["ticktext"][1]
    assert "Laporan per 30 Juni 2023" in customers["hovertext"][0]


def test_no_more_units_than_can_be_read_and_none_without_a_report() -> None:
    many = supporting.units(*({"lkm_id": f"L{n}", "customers": 100 - n} for n in range(20)))
    figure = charts.microfinance(many, EN, "dark")
    assert len(figure["data"]) == 2
    assert len(figure["data"][0]["x"]) == 16
    assert charts.height(many) == 16 * charts.PITCH + 2 * charts.HEAD
    assert charts.microfinance(supporting.units({"customers": None}), EN, "light")["data"] == []


def test_a_year_without_reports_is_a_gap_and_a_lone_value_a_dot() -> None:
    frame = supporting.unit_years(1e9, None, 2e9, None, 3e9, 4e9, provisional=True)
    figure = charts.microfinance_years(frame, ID, "light")
    full = next(t for t in figure["data"] if t["mode"] == "lines" and t["line"]["width"] == 3)
    assert full["y"] == [1e9, None, 2e9, None, 3e9]
    [dashed] = [t for t in figure["data"] if t.get("line", {}).get("dash") == "dot"]
    assert (dashed["x"], dashed["y"]) == (["2018-12-31", "2019-06-30"], [3e9, 4e9])
    dots = next(t for t in figure["data"] if t.get("hoverinfo") == "text")
    assert dots["marker"]["opacity"] == [1, 1, 0, 0]
    [end] = texts(figure["layout"]["annotations"])
    assert end.startswith("<b>Rp\N{NO-BREAK SPACE}4 miliar</b>")
    assert "Jun 2019" in end
    assert narrow(figure)["margin"] == {"r": 16}
    assert charts.microfinance_years(supporting.unit_years(None), ID, "light")["data"] == []


def test_a_course_may_end_before_the_last_year() -> None:
    figure = charts.microfinance_years(
        supporting.unit_years(1e9, 2e9, None), ID, "light", amount="customers"
    )
    assert points(figure) == {("2014-12-31", 1e5), ("2015-12-31", 2e5)}
    assert figure["layout"]["annotations"][0]["x"] == "2015-12-31"


@pytest.mark.parametrize(
    ("highest", "spec", "ticks"),
    [
        (8e9, "rp", ["Rp 0", "Rp 2 miliar", "Rp 4 miliar", "Rp 6 miliar", "Rp 8 miliar"]),
        (0.038, "p", ["0 %", "1 %", "2 %", "3 %", "4 %"]),
        (3, "n", ["0", "1", "2", "3"]),
        (0, "n", ["0", "1"]),
        (0.4, "n1", ["0,0", "0,1", "0,2", "0,3", "0,4"]),
    ],
)
def test_the_grid_has_few_round_values(highest: float, spec: str, ticks: list[str]) -> None:
    axis = grid(highest, spec, ID)
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in axis["ticktext"]] == ticks
    assert axis["range"][0] == 0 and axis["range"][1] > highest


def test_the_profile_draws_one_unit_and_what_was_published_on_its_day() -> None:
    frame = supporting.unit_reports(
        ("LKM-1", date(2021, 12, 31), 200, 3e9),
        ("LKM-1", date(2022, 6, 30), 250, 4e9),
        ("LKM-1", date(2023, 6, 30), 300, 5e9),
        ("LKM-2", date(2023, 6, 30), 9, 1e9),
    )
    published = supporting.units(PUBLISHED)
    figure = charts.microfinance_reports(
        frame, ID, "light", amount="customers", published=published
    )
    assert {y for _, y in points(figure)} == {200, 250, 300, 290}
    [mark] = diamonds(figure)
    assert (mark["x"], mark["y"]) == (["2023-05-21"], [290])
    assert mark["hovertext"] == [
        "Angka publikasi per 21 Mei 2023: 290 nasabah<br>&lt;i&gt;berita&lt;/i&gt;"
    ]
    assert "◇ 290, Mei 2023" in texts(figure["layout"]["annotations"])
    assert "◇ 290" in texts(narrow(figure)["annotations"])
    assert figure["layout"]["xaxis"]["ticktext"] == ["2021"]
    other = charts.microfinance_reports(frame, ID, "light", unit="LKM-2", published=published)
    assert {y for _, y in points(other)} == {1e9}
    assert not diamonds(other)
    assert not diamonds(
        charts.microfinance_reports(frame, ID, "light", amount="savings_idr", published=published)
    )


def test_a_unit_without_reports_has_an_empty_profile() -> None:
    frame = supporting.unit_reports(("LKM-2", date(2023, 6, 30), 9, 1e9))
    assert (
        charts.microfinance_reports(
            frame, ID, "light", unit="LKM-1", published=supporting.units({})
        )["data"]
        == []
    )
