"""The real pages run by AppTest, and what stands on them."""

import re
from html import unescape

from streamlit.testing.v1 import AppTest

from kub.store.versions import ROOT
from tests.support.blocks import Drawn, slide_html


def open_page(page: str, **params: str | list[str]) -> AppTest:
    """A page of the frame, run once with these parameters in its link."""
    app = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=30)
    if page != "overview":
        app.switch_page(f"{page}.py")
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def diamonds(chart: Drawn) -> set[float]:
    """The published figures that stand in a chart."""
    found = [t for t in chart.figure["data"] if t.get("marker", {}).get("symbol") == "diamond-open"]
    return {y for trace in found for y in trace["y"]}


def page_html(app: AppTest) -> str:
    """What the page itself writes, beside its blocks."""
    return "\n".join([element.value for element in app.main.html] + [slide_html(app)])


def field_notes(app: AppTest) -> list[str]:
    """What stands beside the fields, empty where nothing is wrong."""
    return [
        unescape(note)
        for note in re.findall(r'kub-typed-note" role="status">([^<]*)</p>', page_html(app))
    ]
