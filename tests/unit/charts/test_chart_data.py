"""What charts give besides their figures: each fits its rows, and a role gives its colour."""

from typing import get_args

import pytest

from kub import words
from kub.answers.answer import Answer, answer, build_answer
from kub.answers.catalog import CATALOG, TELLABLE
from kub.charts.chart_data import COLORS, ChartData, Kind, Role, color, known_values, nothing
from kub.look import DARK, LIGHT, SECTORS
from kub.store.data import Data
from kub.store.database import current
from queries.filters import Filters

ID = words.of("id")
DRAWN = [chart for chart in TELLABLE if CATALOG[chart].draw]


@pytest.fixture(scope="module")
def data(sample_folder: object) -> Data:
    return Data.open(current(sample_folder))  # type: ignore[arg-type]


def drawn(chart: str, data: Data) -> Answer:
    """An answer with a picture: the sample meets all that was published, so that there none stands."""
    shown = answer(data, chart, Filters(), ID)
    if chart != "reconcile":
        return shown
    assert shown.figure is None and shown.data is None
    more = {name: shown.frame[name] + 1 for name in ("recorded", "difference")}
    return build_answer(data, chart, shown.frame.assign(**more), shown.filters, ID)


@pytest.mark.parametrize("chart", DRAWN)
def test_the_data_of_a_chart_fit_themselves_and_the_rows(chart: str, data: Data) -> None:
    shown = drawn(chart, data)
    assert shown.data and shown.figure and shown.figure["data"]
    assert shown.data.kind in get_args(Kind) and shown.data.kind != "none"
    for panel in shown.data.all_panels():
        assert list(known_values(panel.series))
        keys = [category.key for category in panel.categories]
        assert len(set(keys)) == len(keys)
        assert all(len(row.beside) in (0, len(panel.headings) or 1) for row in panel.categories)
        for series in panel.series:
            assert not keys or set(series.keys) <= set(keys), series.name
            for point in series.points:
                assert point.low is None or point.low <= point.value <= point.high  # type: ignore[operator]
                assert words.MISSING not in point.text
    for cells in shown.data.cells:
        named = {cells.category, *cells.columns, *filter(None, [cells.by])}
        assert named <= set(shown.frame.columns)
        assert len(cells.columns) == len(cells.roles)


def test_a_guest_the_own_programme_and_published_figures_look_different_in_both_modes() -> None:
    for p in (LIGHT, DARK):
        looks = [color(role, "", p) for role in ("own", "guest", "peer", "published")]
        assert len(set(looks)) == 4
    assert color("own", "", LIGHT) == LIGHT.accent and color("guest", "", DARK) == DARK.guest


def test_a_code_gives_the_colour_before_the_role_does() -> None:
    assert {color("guest", sector, DARK) for sector in SECTORS} == set(SECTORS.values())
    assert color("context", "step3", LIGHT) == LIGHT.steps[3]
    assert set(COLORS) == set(get_args(Role))


def test_where_there_is_nothing_to_draw_the_data_say_so() -> None:
    chart = nothing("Longgarkan filter.", "light")
    assert chart.data == ChartData("none")
    assert chart.figure["data"] == []
    assert "Longgarkan filter." in str(chart.figure["layout"])
