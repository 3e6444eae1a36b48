"""`draw` puts one figure on a wall: the stage of a presentation, the screen of guests who share.

It fills its place and is drawn as large as that allows; charts of cards are drawn by page.js. Both
paint in the mode the page has, whichever mode the figure was drawn in (chart.js).
"""

from functools import cache
from typing import Any

import streamlit as st

from kub.answers.sizes import Stage
from kub.look import Figure
from kub.ui import assets
from kub.web.blocks import encode


def draw(figure: Figure, key: str, alt: str, lang: str, need: Stage) -> None:
    """Draw a figure as a chart of its own. The rest as of `drawing`."""
    _chart()(key=key, data=drawing(figure, key, alt, lang, need), height="stretch")


def drawing(figure: Figure, key: str, alt: str, lang: str, need: Stage) -> dict[str, Any]:
    """What the browser draws a figure ({"data", "layout"}, template left out) from, as high as its
    place and as large as --kub-enlarged says, but not below --kub-least.

    alt: what the chart says, for readers who do not see it. need: px of the drawing, wide, and tall
    on a phone, whose page scrolls for it (present.css). Raises KeyError where the figure lacks data
    or layout.
    """
    return {
        "key": key,
        "figure": encode({"data": figure["data"], "layout": figure["layout"]}),
        "alt": alt,
        "height": 0,
        "lang": lang,
        # As text: the browser looks its template up by this key.
        "scale": "1.0",
        "fill": need.wide,
        "tall": need.tall,
    }


# The page sends these few lines with every chart; the component itself is loaded once and kept.
_CHART = """
const load = () => import(new URL("%(module)s", document.baseURI).href);
export default function (component) {
  const key = component.data.key;
  const node = component.parentElement.querySelector(".kub-chart");
  load().then((module) => node.isConnected && module.paint(node, component.data));
  return () => load().then((module) => module.clear(key, node));
}
"""


@cache
def _chart() -> Any:
    html = '<div class="kub-chart" role="img"><div class="kub-plot"></div></div>'
    js = _CHART % {"module": assets.address(assets.chart_name())}
    # Plotly puts its own styles into the document, so a shadow root would be left without them.
    return st.components.v2.component("kub_chart", html=html, js=js, isolate_styles=False)
