"""A panel for each indicator: course, targets, projection; status in words on a screen and a phone."""

from datetime import date
from typing import Any

import pandas as pd

from kub.charts.targets import height, panels_of, targets
from kub.words import of

ID = of("id")
DAYS = {2020: "2020-12-31", 2021: "2021-12-31", 2022: "2022-12-31", 2023: "2023-06-30"}


def frame(*indicators: str) -> pd.DataFrame:
    """Targets of 2022, of the unfinished 2023, and of 2025; 2021 has none."""
    rows: list[dict[str, Any]] = []
    for name in indicators:
        for year, status in ((2022, "missed"), (2023, "behind"), (2025, "behind")):
            known = year in DAYS
            rows.append(
                {
                    "indicator": name,
                    "year": year,
                    "as_of": pd.Timestamp(DAYS[year]) if known else pd.NaT,
                    "provisional": year == 2023,
                    "target": year - 1900.0,
                    "actual": year - 1910.0 if known else float("nan"),
                    "reached": 0.9 if known else float("nan"),
                    "projected": float("nan") if year == 2022 else year - 1909.5,
                    "status": status,
                }
            )
    return pd.DataFrame(rows)


def achieved(*indicators: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "indicator": name,
            "year": year,
            "as_of": pd.Timestamp(day),
            "provisional": year == 2023,
            "value": year - 1910.0,
        }
        for name in indicators
        for year, day in DAYS.items()
    )


def test_course_targets_and_projection_of_an_indicator() -> None:
    chart = targets(frame("kub"), ID, "light", achieved("kub"))
    [panel] = chart.data.panels
    own, ahead, goals = panel.series
    assert [own.role, ahead.role, goals.role] == ["own", "projection", "target"]
    # Years without a target are on the line; the unfinished one is its open end.
    assert own.keys == [date.fromisoformat(day) for day in DAYS.values()] and own.provisional
    # From the last finished year, not from the unfinished one.
    assert [(point.key, point.value) for point in ahead.points] == [
        (date(2022, 12, 31), 112.0),
        (date(2025, 12, 31), 115.5),
    ]
    assert [point.key.year for point in goals.points] == [2022, 2023, 2025]  # type: ignore[union-attr]
    assert panel.axis and panel.axis.high > 125


def test_a_part_of_a_year_is_no_point_of_revenue() -> None:
    [panel] = targets(frame("omzet"), ID, "light", achieved("omzet")).data.panels
    assert panel.series[0].keys[-1] == date(2022, 12, 31) and not panel.series[0].provisional
    assert panel.unit == "rp"


def test_every_panel_says_its_status_in_words() -> None:
    layout = targets(frame("kub", "perempuan"), ID, "dark", achieved("kub", "perempuan")).figure[
        "layout"
    ]
    wide = [note["text"] for note in layout["annotations"] if "<b>" in note["text"]]
    assert len(wide) == 2 and all("! tertinggal: target 2023" in text for text in wide)
    narrow = layout["meta"]["narrow"]["annotations"]
    assert any("! target 123<br>tertinggal" in note["text"] for note in narrow)
    assert {"xaxis", "xaxis2", "yaxis", "yaxis2"} <= layout["meta"]["narrow"].keys()


def test_a_sheet_has_a_chart_for_each_indicator() -> None:
    cells = targets(frame("kub", "omzet"), ID, "light").data.cells
    assert [cell.only for cell in cells] == [("indicator", "kub"), ("indicator", "omzet")]
    assert cells[0].columns == ("actual", "target", "projected")


def test_nothing_to_draw_is_said() -> None:
    assert targets(frame(), ID, "light").data.kind == "none"


def test_height_follows_the_panels() -> None:
    assert panels_of(frame("kub", "anggota")) == 2
    assert height(1) < height(2) == height(4) < height(6)
