"""The national view: provinces by their coverage, regencies by what chance does not explain."""

from typing import Any

import pandas as pd

from kub import words
from kub.charts import provinces as charts
from kub.findings import provinces as findings
from kub.findings.provinces import Seat

ID, EN = words.of("id"), words.of("en")


def province(
    code: str, name: str | None, covered: int, villages: int, **other: Any
) -> dict[str, Any]:
    share = covered / villages if villages else None
    row = {"rank": 1, "rank_best": 1, "rank_worst": 2, "ranked": 2, "is_sample": False}
    return {
        "province_code": code,
        "province": name,
        "programmes": 2,
        "kub": 3 * covered,
        "villages": villages,
        "covered": covered,
        "coverage": share,
        "low": share and share * 0.8,
        "high": share and min(1.0, share * 1.2),
        **row,
        **other,
    }


PROVINCES = pd.DataFrame(
    [
        province("11", "Aceh", 30, 100, rank=2),
        province("33", "Jawa Tengah", 40, 80),
        province("99", None, 2, 4, rank=None, is_sample=True),
    ]
)


def test_provinces_stand_by_their_coverage_with_intervals_and_codes() -> None:
    chart = charts.provinces(PROVINCES, ID, "light")
    [trace] = chart.figure["data"]
    assert trace["customdata"] == ["33", "99", "11"] and trace["x"] == [0.5, 0.5, 0.3]
    assert [c.label for c in chart.data.categories] == ["Jawa Tengah", "Wilayah contoh", "Aceh"]
    assert "peringkat 2 dari 2 (rentang 1–2)" in trace["hovertext"][2]
    assert ID("provinces.unranked") in trace["hovertext"][1]
    empty = charts.provinces(PROVINCES.assign(covered=0, coverage=0.0), EN, "dark")
    assert empty.data.kind == "none"


def test_the_finding_counts_villages_and_names_the_ends_that_have_a_rank() -> None:
    finding = findings.provinces(PROVINCES, EN)
    assert finding.title == (
        "Active KUB in 72 of 184 villages of 2 provinces and sample regencies (39.1%)"
    )
    assert "Highest Jawa Tengah (50.0%, rank 1 of 2 (range 1–2)), lowest Aceh" in finding.takeaway
    assert "1 provinces have fewer" in finding.caveat and "sample data" in finding.caveat
    level = findings.provinces(PROVINCES.head(1), ID)
    assert "Tertinggi" not in level.takeaway and "1 provinsi" in level.title
    assert findings.provinces(PROVINCES.head(0), ID).title == ID("provinces.none")


def rates(*counts: int, **other: Any) -> pd.DataFrame:
    rows = [
        {
            "programme": f"P{number}",
            "per": per,
            "value": count / 100,
            "low": 0.0,
            "high": 1.0,
            "n": count,
            "exposure": 100,
            "exposure_year": 2020,
            "regency": f"Kabupaten {number}",
            "because": None,
            "is_sample": False,
            "declared": False,
            **other,
        }
        for number, count in enumerate(counts)
        for per in ("residents", "villages")
    ]
    return pd.DataFrame(rows)


SEATS = {
    **{f"P{n}": Seat("Aceh", None) for n in range(25)},
    "P25": Seat(None, (110.0, -7.0)),
}


def test_regencies_stand_beside_their_province_where_no_points_are_known() -> None:
    frame = rates(100, 300, *[200] * 24)
    chart = charts.rates_map(frame, ID, "light", "villages", "P1", SEATS)
    [trace] = chart.figure["data"]
    assert len(trace["customdata"]) == 26 and trace["customdata"][-1] == "P25"
    # Of 25 marks five stand in a second row; those beyond chance differ in their shape.
    assert chart.data.labels == ["", "Aceh", "", "", "Wilayah contoh"]
    assert trace["x"][19:22] == [19.0, 0.0, 1.0] and trace["y"][19:22] == [1.0, 2.0, 2.0]
    shapes = trace["marker"]["symbol"]
    assert shapes[:3] == ["triangle-down", "triangle-up", "circle"]
    finding = findings.rates_map(frame, ID, "kub", "villages", SEATS)
    assert finding.title.startswith("1 dari 26 program di atas rata-rata dan 1 di bawahnya")
    assert "1 dari 26 program" in finding.caveat


def test_regencies_lie_on_a_map_where_their_points_are_known() -> None:
    seats = {"P0": Seat("Aceh", (95.0, 5.0)), "P1": Seat("Papua", (140.0, -3.0))}
    chart = charts.rates_map(rates(90, 110), EN, "dark", "villages", None, seats)
    [trace] = chart.figure["data"]
    assert (trace["x"], trace["y"]) == ([95.0, 140.0], [5.0, -3.0])
    assert chart.figure["layout"]["yaxis"]["scaleanchor"] == "x"
    finding = findings.rates_map(rates(90, 110), EN, "kub", "villages", seats)
    assert finding.title.startswith("None of 2 programmes") and finding.caveat == ""


def test_without_any_rate_nothing_is_drawn() -> None:
    frame = rates(5, exposure=None, value=None)
    assert charts.rates_map(frame, ID, "light").data.kind == "none"
    assert findings.rates_map(frame, ID).title
