"""The palette keeps its promises, and everything that repeats its colours repeats them right."""

import json
import re
import tomllib
from dataclasses import asdict
from itertools import combinations, pairwise
from pathlib import Path

import plotly.graph_objects as go
import pytest
from coloraide import Color

from kub import look
from queries.filters import SECTORS as CODES

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
MODES: tuple[look.Mode, ...] = ("light", "dark")
# Normal vision, and each deficiency by every simulation there is: they disagree, and eyes differ
# too.
EYES = [
    None,
    *[(d, m) for d in ("protan", "deutan", "tritan") for m in ("brettel", "vienot", "machado")],
]


def contrast(one: str, other: str) -> float:
    return float(Color(one).contrast(other, method="wcag21"))


def apart(one: str, other: str, eye: tuple[str, str] | None = None) -> float:
    seen = [
        Color(c).filter(eye[0], method=eye[1]).clip("srgb") if eye else Color(c)
        for c in (one, other)
    ]
    return float(seen[0].delta_e(seen[1], method="2000"))


def hexes(palette: look.Palette) -> set[str]:
    fields = asdict(palette)
    return {*fields.pop("steps"), *fields.values()}


def test_every_sector_has_a_colour_in_the_order_of_the_filters() -> None:
    assert tuple(look.SECTORS) == CODES


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("sector", CODES)
def test_sectors_stand_out_from_both_backgrounds(sector: str, mode: look.Mode) -> None:
    assert contrast(look.SECTORS[sector], look.palette(mode).background) >= 3.2


@pytest.mark.parametrize("eye", EYES, ids=str)
def test_sectors_differ_for_every_eye(eye: tuple[str, str] | None) -> None:
    assert min(apart(a, b, eye) for a, b in combinations(look.SECTORS.values(), 2)) >= 13.5


@pytest.mark.parametrize("mode", MODES)
def test_text_can_be_read(mode: look.Mode) -> None:
    p = look.palette(mode)
    for ground in (p.background, p.surface):
        for text in (p.ink, p.muted, p.accent, p.warning, p.negative):
            assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(p.ink, p.tint) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_marks_can_be_seen(mode: look.Mode) -> None:
    p = look.palette(mode)
    for mark in (p.accent, p.context, p.published, p.negative):
        assert contrast(mark, p.background) >= 3, mark


@pytest.mark.parametrize("mode", MODES)
def test_two_sides_of_a_comparison_differ_for_every_eye(mode: look.Mode) -> None:
    p = look.palette(mode)
    # Values at ends of lines are written in it.
    assert contrast(p.against, p.background) >= 4.5
    assert min(apart(p.accent, p.against, eye) for eye in EYES) >= 25


@pytest.mark.parametrize("mode", MODES)
def test_map_steps_rise_away_from_the_background(mode: look.Mode) -> None:
    p = look.palette(mode)
    heights = [contrast(step, p.background) for step in p.steps]
    assert heights == sorted(heights)
    for eye in EYES:
        assert min(apart(a, b, eye) for a, b in pairwise(p.steps)) >= 9


def test_each_light_colour_has_one_dark_twin_and_none_is_both() -> None:
    swap = look.swap()
    assert set(swap) == hexes(look.LIGHT)
    assert set(swap.values()) == hexes(look.DARK)
    assert len(set(swap.values())) == len(swap) == len(asdict(look.LIGHT)) - 1 + 5
    # The browser turns a figure without asking in which mode it was drawn: no colour may be of
    # both.
    assert not (hexes(look.LIGHT) | set(look.SECTORS.values())) & hexes(look.DARK)
    assert not hexes(look.LIGHT) & set(look.SECTORS.values())


@pytest.mark.parametrize("mode", MODES)
def test_streamlit_has_the_same_colours(mode: look.Mode) -> None:
    p, theme = look.palette(mode), CONFIG["theme"][mode]
    assert theme["primaryColor"] == theme["linkColor"] == p.accent
    assert theme["backgroundColor"] == theme["sidebar"]["secondaryBackgroundColor"] == p.background
    assert theme["secondaryBackgroundColor"] == theme["sidebar"]["backgroundColor"] == p.surface
    assert theme["textColor"] == p.ink
    assert theme["borderColor"] == p.line
    assert theme["dataframeBorderColor"] == p.grid
    assert theme["dataframeHeaderBackgroundColor"] == p.surface
    assert theme["dataframeHeaderTextColor"] == p.muted


def test_streamlit_has_the_same_type_and_sectors() -> None:
    theme = CONFIG["theme"]
    assert theme["chartCategoricalColors"] == list(look.SECTORS.values())
    assert theme["font"] == theme["headingFont"] == look.FONT
    assert theme["fontFaces"][0]["family"] == look.FAMILY
    assert theme["baseFontSize"] == look.BODY
    sizes = {float(size.removesuffix("rem")) * look.BODY for size in theme["headingFontSizes"]}
    assert sizes == {look.DISPLAY, look.TITLE, look.BODY}


def test_streamlit_asks_nobody_outside_and_tells_nobody_inside() -> None:
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert CONFIG["server"]["fileWatcherType"] == "none"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"


def test_css_has_the_same_colours_and_asks_nobody() -> None:
    css = (ROOT / "kub" / "web" / "style.css").read_text("utf-8")
    pairs = {
        name: pair
        for name, *pair in re.findall(r"--kub-(\w+): light-dark\((#\w{6}), (#\w{6})\)", css)
    }
    assert len(pairs) >= 10
    assert pairs == {name: [getattr(look.LIGHT, name), getattr(look.DARK, name)] for name in pairs}
    assert all(url.startswith('"data:') for url in re.findall(r"url\((.{6})", css))
    assert "@import" not in css


@pytest.mark.parametrize("mode", MODES)
def test_plotly_knows_every_word_of_the_template(mode: look.Mode) -> None:
    figure = look.dressed({"data": [], "layout": {"height": 100}}, mode, "en", look.PRESENTING)
    drawn = go.Figure(figure)  # raises ValueError for a property that Plotly does not have
    template = drawn.layout.template.layout
    assert drawn.layout.height == 100
    assert template.paper_bgcolor == look.palette(mode).background
    assert template.separators == ".,"
    assert template.autotypenumbers == "strict"
    assert (
        min(template.font.size, template.xaxis.tickfont.size, template.hoverlabel.font.size) >= 18
    )
    assert look.template(mode)["layout"]["separators"] == ",."
    json.dumps(figure)


def test_a_provisional_last_year_is_dashed_and_open() -> None:
    solid, dashed, dot = look.line(
        [2021, 2022, 2023], [1, 2, 3], look.LIGHT.accent, provisional=True, customdata=["a"]
    )
    assert (solid["x"], dashed["x"], dot["x"]) == ([2021, 2022], [2022, 2023], [2023])
    assert dashed["line"]["dash"] == "dot"
    assert "dash" not in solid["line"]
    assert dot["marker"]["symbol"] == "circle-open"
    assert solid["customdata"] == ["a"]
    go.Figure([solid, dashed, dot])


def test_a_finished_last_year_and_a_lone_year_are_not_dashed() -> None:
    for traces in (
        look.line([1, 2], [1, 2], "#000000"),
        look.line([1], [1], "#000000", provisional=True),
    ):
        line, dot = traces
        assert "dash" not in line["line"]
        assert "symbol" not in dot["marker"]


@pytest.mark.parametrize(
    ("side", "xanchor", "yanchor"),
    [
        ("right", "left", "middle"),
        ("left", "right", "middle"),
        ("top", "center", "bottom"),
        ("bottom", "center", "top"),
    ],
)
def test_a_label_stands_where_it_is_told(side: str, xanchor: str, yanchor: str) -> None:
    label = look.label(1, 2, "a <b> & c", "#000000", side=side, bold=True)
    assert (label["xanchor"], label["yanchor"]) == (xanchor, yanchor)
    assert label["text"] == "<b>a &lt;b&gt; &amp; c</b>"
    assert look.label(1, 2, "a", "#000000", side=side)["text"] == "a"
    go.Figure(layout={"annotations": [label]})


def test_published_figures_are_open_diamonds_without_a_line() -> None:
    trace = go.Figure([look.published([2017], [153], look.LIGHT, hovertext=["PLTU"])]).data[0]
    assert (trace.mode, trace.marker.symbol, trace.hovertext) == (
        "markers",
        "diamond-open",
        ("PLTU",),
    )


def test_bars_say_their_values_at_their_ends_and_no_name_is_markup() -> None:
    texts = ["3", "1.000 · 100 %"]
    bars = look.bars(
        ["A", "<a href='x'>B</a>"], [3, 1], texts, look.LIGHT.context, customdata=["a", "b"]
    )
    axes = look.bar_axes([3, 1], texts)
    figure = go.Figure([bars], axes)
    assert bars["y"][1] == "&lt;a href='x'&gt;B&lt;/a&gt;"
    assert [text.strip("\N{NO-BREAK SPACE}") for text in bars["text"]] == ["3", "1.000 · 100 %"]
    assert figure.layout.yaxis.autorange == "reversed"
    assert figure.layout.margin.r > look.bar_axes([3], ["3"])["margin"]["r"]
    # a range of nothing would make Plotly choose one
    assert look.bar_axes([], [])["xaxis"]["range"][1] > 0
    assert look.bars(["A"], [1], ["1"], ["#000000"])["marker"]["color"] == ["#000000"]


def test_whiskers_reach_from_low_to_high() -> None:
    error = look.whiskers([0.5, 0.2], [0.4, 0.0], [0.7, 0.3], "#000000")
    assert error["array"] == pytest.approx([0.2, 0.1])
    assert error["arrayminus"] == pytest.approx([0.1, 0.2])
    go.Figure([{"type": "scatter", "error_x": error}])


def test_three_ways_of_having_no_value_look_different() -> None:
    areas = [look.area(state, look.LIGHT) for state in ("none", "not_reported", "suppressed")]
    assert len({area["fillpattern"]["shape"] for area in areas}) == 3
    go.Figure([{"type": "scatter", **area} for area in areas])


@pytest.mark.parametrize("mode", MODES)
def test_an_empty_figure_says_why_in_lines_that_fit_a_phone(mode: look.Mode) -> None:
    figure = go.Figure(
        look.empty("Tidak ada KUB untuk pilihan ini. Longgarkan saringan kecamatan & sektor.", mode)
    )
    note = figure.layout.annotations[0]
    assert max(map(len, note.text.split("<br>"))) <= 40 + len("&amp;")
    assert "&amp;" in note.text
    assert note.font.color == look.palette(mode).muted
