"""Slides draw what a chart's data say: a table where a line has gaps, looks by role."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_MARKER_STYLE

from kub import words
from kub.charts.chart_data import Axis, ChartData, Point, Series, categories, points
from kub.exports.pack import Pack, Part
from kub.exports.pptx import numbers, pptx
from kub.exports.pptx.native import panels
from kub.look import LIGHT
from tests.support.answers import made

ID, EN = words.of("id"), words.of("en")
YEARS = [date(2020, 12, 31), date(2021, 12, 31), date(2022, 12, 31)]
FRAME = pd.DataFrame({"year": [2020, 2021, 2022], "kub": [4, 5, 6]})


def of(data: ChartData) -> Any:
    return made(
        FRAME, chart="growth", subtitle="KUB aktif · per tahun", measure="KUB aktif", data=data
    )


def chart_of(data: ChartData) -> Any:
    answer = of(data)
    whole = Pack(
        "Judul", "Batang", "id", (Part(answer, "Temuan", ""),), "1 a", True, (), date(2026, 11, 24)
    )
    [_, slide, *_] = Presentation(io.BytesIO(pptx(whole))).slides
    [chart] = [shape.chart for shape in slide.shapes if shape.has_chart]
    return chart


def test_a_line_with_a_gap_is_a_table_for_it_must_not_be_bridged() -> None:
    whole = ChartData("line", (Series("", points(YEARS, [4.0, 5.0, 6.0])),))
    assert [panel.series[0].name for panel in panels(of(whole))] == ["KUB aktif"]
    broken = replace(whole, series=(Series("", points(YEARS, [4.0, None, 6.0])),))
    assert panels(of(broken)) == []


@pytest.mark.parametrize("kind", ["map", "matrix", "timeline", "none"])
def test_what_no_native_chart_can_show_is_none(kind: Any) -> None:
    assert panels(of(ChartData(kind, (Series("", points([1], [1.0])),)))) == []
    assert panels(of(ChartData("bar"))) == []


def test_steps_between_dates_are_a_line_and_steps_of_ages_are_columns() -> None:
    dated = ChartData("step", (Series("", points(YEARS, [1, 2, 3])),))
    ages = replace(
        dated,
        series=(Series("", points([0, 1], [1.0, 0.9])),),
        categories=categories([0, 1], ["0", "1"]),
    )
    assert [panel.kind for data in (dated, ages) for panel in panels(of(data))] == [
        "line",
        "column",
    ]


def test_looks_follow_the_role() -> None:
    rows = categories([0, 1], ["Batang", "Cilegon"])
    series = (
        Series("Batang", (Point(0, 4.0, 3.0, 5.0),)),
        Series("Cilegon", (Point(1, 2.0, 1.0, 3.0),), "guest"),
        Series("◇ Publikasi", (Point(0, 4.2),), "published"),
    )
    drawn = chart_of(ChartData("dots", series, rows, "n1", Axis(0, 6)))
    looks = {
        dots.name: str(dots.marker.format.line.color.rgb)
        for dots in drawn.plots[0].series
        if dots.marker.style != XL_MARKER_STYLE.NONE
    }
    colors = {
        "Batang": LIGHT.accent,
        "Cilegon": LIGHT.guest,
        "Publikasi": LIGHT.published,
    }
    assert looks == {name: shade[1:].upper() for name, shade in colors.items()}


@pytest.mark.parametrize(
    ("unit", "values", "axis", "value"),
    [
        ("n", [1234, 2000], '[>=1000000]0"."000"."000;[>=1000]0"."000;0', None),
        ("p", [0.5, 1.0], '0"\N{NO-BREAK SPACE}"%', '0"\N{NO-BREAK SPACE}"%'),
        ("n1", [1.5, 2.5], "[$-421]0.0", "[$-421]0.0"),
    ],
)
def test_numbers_are_written_by_the_unit(
    unit: str, values: list[float], axis: str, value: str | None
) -> None:
    data = ChartData("line", (Series("", points(YEARS[:2], values)),), unit=unit)
    formats = numbers.formats(data, ID)
    assert formats.axis == axis
    assert value is None or formats.value == value


def test_shares_are_shares_by_their_unit_and_not_by_their_size() -> None:
    """Visits per thousand residents may all be below one."""
    data = ChartData("bar", (Series("", points([0], [0.4])),), categories([0], ["Desa"]), unit="n1")
    assert "%" not in numbers.formats(data, EN).bar
