"""Names in the funnel: whose stand in any case, and none on another."""

from itertools import combinations
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kub import words
from kub.charts import funnel as funnel_module
from kub.charts.label_layout import LINE, Box, text_width
from kub.look import LIGHT
from tests.support.comparisons import rate, rated
from tests.support.figures import Figures

charts = Figures(funnel_module)

ID = words.of("id")
HIGH = charts.PLOT


def boxes(figure: dict[str, Any], width: float, layout: dict[str, Any]) -> dict[str, Box]:
    """Where the names stand, px."""
    axes = figure["layout"]
    last, top = axes["xaxis"]["range"][1], axes["yaxis"]["range"][1]
    found = {}
    for note in layout["annotations"]:
        if note.get("xref") == "paper":
            continue
        text = note["text"].replace("<b>", "").replace("</b>", "")
        long = text_width(text, 700 if "<b>" in note["text"] else 400)
        x = width * note["x"] / last + note["xshift"]
        y = HIGH * note["y"] / top + note["yshift"]
        left = x - {"left": 0, "center": long / 2, "right": long}[note["xanchor"]]
        low = y - {"bottom": 0, "middle": LINE / 2, "top": LINE}[note["yanchor"]]
        found[text] = Box(left, left + long, low, low + LINE)
    return found


def test_own_and_guest_are_named_where_nobody_else_has_room() -> None:
    crowd = [rate(f"p{n}", 100 + n, 400_000 + 10 * n) for n in range(30)]
    guest = rate("g", 100, 400_000, regency="Kota Tamu", declared=True)
    figure = charts.rates_funnel(
        rated(rate("own", 101, 400_000), *crowd, guest), ID, "light", "kub", "own"
    )
    for layout in (figure["layout"], figure["layout"]["meta"]["narrow"]):
        names = [note["text"] for note in layout["annotations"] if note.get("xref") != "paper"]
        assert names[:2] == ["<b>Kab. Batang</b>", "<b>Kota Tamu</b>"]
        assert len(names) < len(crowd)
    colors = [note["font"]["color"] for note in figure["layout"]["annotations"][3:5]]
    assert colors == [LIGHT.accent, LIGHT.guest]


def test_a_few_names_stand_close_to_their_dots_and_a_line_below_one_is_broken() -> None:
    # The loaded programmes of the sample: one close below the average, one on a lower limit.
    frame = rated(
        rate("own", 207, 818_000),
        rate("Kab. A", 160, 360_000),
        rate("Kab. B", 90, 341_000),
        rate("Kota C", 110, 604_000),
        rate("Kab. D", 60, 262_000),
        rate("g", 150, 500_000, regency="Kota Tamu", declared=True),
    )
    figure = charts.rates_funnel(frame, ID, "light", "kub", "own")
    last, top = (figure["layout"][axis]["range"][1] for axis in ("xaxis", "yaxis"))
    lines = [trace for trace in figure["data"] if trace.get("mode") == "lines"]
    for width, layout in (
        (charts.SCREEN, figure["layout"]),
        (charts.PHONE, figure["layout"]["meta"]["narrow"]),
    ):
        names = boxes(figure, width, layout)
        assert {"Kab. Batang", "Kota Tamu", "Kab. A", "Kota C"} <= {*names}
        for box in names.values():
            across = np.linspace(box.left, box.right, 30) / width * last
            crossed = 0
            for line in lines:
                up = np.interp(across, line["x"], line["y"], np.nan, np.nan) / top * HIGH
                crossed += bool(((box.low < up) & (up < box.high)).any())
            assert crossed <= 1
        shifts = [n["yshift"] for n in layout["annotations"] if n.get("xref") != "paper"]
        assert max(map(abs, shifts)) <= 24
        grounds = [n["bgcolor"] for n in layout["annotations"] if n.get("xref") != "paper"]
        assert {*grounds} == {LIGHT.background}


@given(
    others=st.lists(
        st.tuples(st.integers(1, 900), st.integers(50_000, 2_000_000)), min_size=1, max_size=12
    )
)
def test_no_name_lies_on_another_or_leaves_the_plot(others: list[tuple[int, int]]) -> None:
    frame = rated(
        rate("own", 200, 800_000), *(rate(f"Kota {n}", *row) for n, row in enumerate(others))
    )
    figure = charts.rates_funnel(frame, ID, "light", "kub", "own")
    for width, layout in (
        (charts.SCREEN, figure["layout"]),
        (charts.PHONE, figure["layout"]["meta"]["narrow"]),
    ):
        found = boxes(figure, width, layout)
        assert "Kab. Batang" in found
        free = {name: box for name, box in found.items() if name != "Kab. Batang"}
        plot = Box(-0.01, width + 0.01, -0.01, HIGH + 0.01)
        assert all(box.is_inside(plot) for box in free.values())
        for (_, one_box), (_, other) in combinations(free.items(), 2):
            near = one_box._replace(low=one_box.low + 0.01, high=one_box.high - 0.01)
            assert not near.touches(other, -0.01)
