"""`draw` puts one figure on the page; `picture_button` offers the drawn figure as PNG.

A component of our own instead of st.plotly_chart: it keeps the chart's node when data changes
(Plotly.react), so a filter change redraws instead of rebuilding. It paints in the mode the page
has, whichever mode the figure was drawn in: colours are turned in the browser (look.swap),
because the server's word on the theme is a run late. Chart authors have one hook more:
`layout["meta"]["narrow"]` is laid over the layout where the chart is less than 520 px wide (a
phone).

Tests read what was drawn from AppTest: `draw.drawn(at)` gives key -> Drawn(figure, alt, …).
A click comes back in AppTest by calling the same callback; in a browser, click the point.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest

from kub.look import Figure
from kub.ui import assets

HEIGHT = 380


@dataclass(frozen=True)
class Caption:
    """The words around a chart that go into its picture; source carries the sample label."""

    title: str = ""
    subtitle: str = ""
    source: str = ""


@dataclass(frozen=True)
class Drawn:
    """What a test sees of one chart.

    figure is exactly what the browser gets (JSON, without template).
    """

    key: str
    figure: Figure
    alt: str
    height: int
    selectable: bool
    caption: Caption
    filename: str


def draw(
    figure: Figure,
    key: str,
    alt: str,
    height: int = HEIGHT,
    on_select: Callable[[dict[str, Any]], None] | None = None,
    filename: str = "",
    *,
    caption: Caption | None = None,
    lang: str = "id",
    scale: float = 1.0,
    fill: int = 0,
    tall: int = 0,
) -> None:
    """Draw a figure ({"data", "layout"}, template left out) into a reserved place `height` px high.

    alt: what the chart says, for readers who do not see it. filename: of its picture, without
    ending. on_select: called once per click or Enter on a point, before the page runs again,
    with {"customdata", "x", "y"}; a filled area without points answers with its trace's `meta`.
    scale: 1, or look.PRESENTING for a projector. fill: the chart is as high as its place
    instead, and drawn as large as --kub-enlarged says, but not below --kub-least; fill px is
    then what the drawing needs, tall px on a phone, whose page scrolls for it (present.css).
    Raises KeyError where the figure lacks data or layout.
    """
    # Without a caption the picture has the chart alone.
    words = caption or Caption()
    data = {
        "key": key,
        "figure": encoded({"data": figure["data"], "layout": figure["layout"]}),
        "alt": alt,
        "height": height,
        "select": on_select is not None,
        "filename": filename or key,
        "title": words.title,
        "subtitle": words.subtitle,
        "source": words.source,
        "lang": lang,
        # As text: the browser looks its template up by this key, and 1 and 1.0 are one number
        # there.
        "scale": str(float(scale)),
        "fill": fill,
        "tall": tall,
    }
    # A chart that fills its place has no height of its own.
    high: Any = "stretch" if fill else height
    if on_select is None:
        _chart()(key=key, data=data, height=high)
    else:
        _chart()(key=key, data=data, height=high, on_select_change=partial(pass_on, key, on_select))


def pass_on(key: str, on_select: Callable[[dict[str, Any]], None]) -> None:
    """Streamlit's callback of a chart: hand what was chosen in it to the page.

    It also comes with None, when the choice is cleared.
    """
    chosen = st.session_state[key].get("select")
    if chosen is not None:
        on_select(dict(chosen))


def picture_button(chart: str, label: str, help: str = "") -> None:
    """A button that saves the chart of that key as PNG, made in the
    browser with its title and source.
    """
    _button()(
        key=f"{chart}.png", data={"chart": chart, "label": label, "help": help}, width="content"
    )


def drawn(at: AppTest) -> dict[str, Drawn]:
    """The charts of a page run by AppTest, by key, in the order of the page."""
    charts = {}
    for element in at.get("bidi_component"):
        data = json.loads(element.proto.json or "{}")
        if "figure" in data:  # buttons and the presenter's controls are components too
            caption = Caption(data["title"], data["subtitle"], data["source"])
            figure = json.loads(data["figure"])
            charts[data["key"]] = Drawn(
                data["key"],
                figure,
                data["alt"],
                data["height"],
                data["select"],
                caption,
                data["filename"],
            )
    return charts


def encoded(figure: Figure) -> str:
    """The figure as JSON: dates ISO, numpy scalars plain, NaN and NA null.

    Raises TypeError for anything else.
    """
    try:
        return json.dumps(figure, default=_scalar, allow_nan=False, separators=(",", ":"))
    # NaN is no JSON; looking for it in every figure would cost more than finding it in few
    except ValueError:
        return json.dumps(
            _without_nan(figure), default=_scalar, allow_nan=False, separators=(",", ":")
        )


def _scalar(value: Any) -> Any:
    if repr(value) in ("<NA>", "NaT"):  # before dates, of which NaT claims to be one
        return None
    # datetime is a date too, and written with its hour.
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "tolist"):  # numpy scalars and arrays, pandas Index and Series
        return _without_nan(value.tolist())
    raise TypeError(f"no place in a figure for {type(value).__name__}")


def _without_nan(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


# The page sends these few lines with every chart; the component itself is loaded once and kept.
_CHART = """
const load = () => import(new URL("%(module)s", document.baseURI).href);
export default function (component) {
  const key = component.data.key;
  const node = component.parentElement.querySelector(".kub-chart");
  load().then((module) => node.isConnected && module.draw(component));
  return () => load().then((module) => module.clear(key, node));
}
"""
_BUTTON = """
export default function (component) {
  import(new URL("%(module)s", document.baseURI).href).then((module) => module.button(component));
}
"""


@cache
def _chart() -> Any:
    html = '<div class="kub-chart" role="img"><div class="kub-plot"></div></div>'
    js = _CHART % {"module": assets.address(assets.chart_name())}
    # Plotly puts its own styles into the document, so a shadow root would be left without them.
    return st.components.v2.component("kub_chart", html=html, js=js, isolate_styles=False)


@cache
def _button() -> Any:
    html = '<button type="button" class="kub-button"></button>'
    js = _BUTTON % {"module": assets.address(assets.chart_name())}
    return st.components.v2.component("kub_picture", html=html, js=js, isolate_styles=False)
