"""Charts are drawn once: room for the labels of their axes is known before (chart_margins.js), and is
what Plotly finds by drawing twice.
"""

from typing import Any

import pytest
from playwright.sync_api import Page, Route

from kub.words import LANGUAGES
from tests.browser.screen import CHARTLESS, PATHS, drawn
from tests.browser.visitor import HEIGHTS, Visitor
from tests.support.thinned import thinned

OURS = "function withMargins(layout, traces, width, height) {"
CLOSE = 1  # px; from there Plotly draws again
# key -> margins as drawn, whether they are ours, and px that a label stands out of the picture.
LOOK = """() => Object.fromEntries([...document.querySelectorAll('.kub-chart')].map(chart => {
  const plot = chart.querySelector('.kub-plot');
  const { _size: size, xaxis, yaxis } = plot._fullLayout;
  const edge = plot.getBoundingClientRect();
  const boxes = [...plot.querySelectorAll('.xtick text, .ytick text')].map(text => text.getBoundingClientRect());
  const out = boxes.map(box => Math.max(edge.left - box.left, box.right - edge.right, edge.top - box.top, box.bottom - edge.bottom));
  const ours = [xaxis, yaxis].some(axis => axis?.visible && !axis.automargin);
  return [chart.dataset.key, { l: size.l, r: size.r, t: size.t, b: size.b, ours, out: Math.max(0, ...out) }];
}))"""
QUICK = thinned([("/growth", "id", 1280), ("/economy", "en", 390)], 2)


def _plotly_alone(route: Route) -> None:
    answer = route.fetch()
    body = answer.text()
    route.fulfill(response=answer, body=body.replace(OURS, f"{OURS} return layout;"))


def charts(visitor: Visitor, path: str, lang: str, width: int, alone: bool) -> dict[str, Any]:
    """What LOOK sees. alone: Plotly finds all margins itself."""
    context = visitor.browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]}, locale="id-ID"
    )
    page: Page = visitor.watched(context.new_page())
    if alone:
        page.route("**/chart.js*", _plotly_alone)
    page.goto(visitor.link(path, lang))
    drawn(page)
    seen: dict[str, Any] = page.evaluate(LOOK)
    context.close()
    visitor.pages.remove(page)
    return seen


def check(visitor: Visitor, path: str, lang: str, width: int) -> list[str]:
    """Keys of the charts whose margins are ours, each as Plotly would have them."""
    ours = charts(visitor, path, lang, width, alone=False)
    plotly = charts(visitor, path, lang, width, alone=True)
    assert ours.keys() == plotly.keys()
    assert not any(chart["ours"] for chart in plotly.values())
    for key, chart in ours.items():
        # Right of a drawing that ends before its picture does Plotly keeps room that nothing needs.
        far = {side: chart[side] - plotly[key][side] for side in "ltb"}
        assert all(abs(px) <= CLOSE for px in far.values()), (key, far)
        assert chart["r"] <= plotly[key]["r"] + CLOSE, key
        assert chart["out"] <= CLOSE, key
    return [key for key, chart in ours.items() if chart["ours"]]


@pytest.mark.parametrize("view", QUICK)
def test_labels_have_the_room_that_plotly_would_give_them(
    visitor: Visitor, view: tuple[str, str, int]
) -> None:
    assert len(check(visitor, *view)) >= 4


@pytest.mark.thorough
@pytest.mark.parametrize("width", (390, 1024, 1920))
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", [path for path in PATHS if path not in (*CHARTLESS, "/explore")])
def test_labels_have_the_room_that_plotly_would_give_them_everywhere(
    visitor: Visitor, path: str, lang: str, width: int
) -> None:
    check(visitor, path, lang, width)
