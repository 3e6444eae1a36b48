"""What the stage shows, and what it has drawn behind that: the browser lifts the next slide at the
key press, before this run's answer is there (kub/web/stage.js).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import streamlit as st

from kub.ui import assets


@dataclass(frozen=True)
class Slide:
    """One screen. head, figure, end: HTML from top to bottom, every text escaped; figure: '' where
    a chart stands in the middle. chart: what it is drawn from (kub/ui/draw.py). waits: whether its
    answer is on its way.
    """

    figure: str
    end: str
    head: str = ""
    chart: Mapping[str, Any] | None = None
    waits: bool = False


def stand(step: int, slide: Slide, stamp: str) -> None:
    """Show the slide of a step. stamp: of all that slides depend on beside their step: whatever was
    drawn behind under another one is forgotten.
    """
    data = {"step": step, "slide": asdict(slide), "stamp": stamp}
    _stage()(key="present-stage", data=data, height="stretch")


def prepare(step: int, slide: Slide, stamp: str) -> None:
    """Have the slide of another step drawn behind the one that stands."""
    _behind()(key="present-behind", data={"step": step, "ahead": asdict(slide), "stamp": stamp})


# The page sends these few lines; the module itself is loaded once and kept.
_STAND = """
const load = () => import(new URL("%(module)s", document.baseURI).href);
export default function (component) {
  load().then((module) => component.parentElement.isConnected && module.stand(component));
  return () => load().then((module) => module.leave());
}
"""
_PREPARE = """
export default function (component) {
  import(new URL("%(module)s", document.baseURI).href).then((module) => module.prepare(component));
}
"""


@cache
def _stage() -> Any:
    html = '<div class="kub-stage"></div>'
    js = _STAND % {"module": assets.module("stage.js")}
    # Plotly puts its own styles into the document, so a shadow root would be left without them.
    return st.components.v2.component("kub_stage", html=html, js=js, isolate_styles=False)


@cache
def _behind() -> Any:
    js = _PREPARE % {"module": assets.module("stage.js")}
    return st.components.v2.component("kub_behind", html="<div></div>", js=js, isolate_styles=False)
