"""The chart component: what it sends, and what the app serves for
it. (In a browser: test_chart.py.)
"""

import asyncio
import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import plotly
import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from kub import look
from kub.ui import assets, headers
from tests.support.blocks import walls

ROOT = Path(__file__).parents[3]


def page() -> None:
    from kub.answers.sizes import Stage
    from kub.ui.draw import draw

    figure = {"data": [{"type": "bar", "x": [1, float("nan")], "y": ["a", "b"]}], "layout": {}}
    draw(figure, "one", "Dua batang", "id", Stage(500, 300))


def test_a_test_sees_what_fills_a_wall_in_every_run() -> None:
    at = AppTest.from_function(page).run().run()
    assert not at.exception
    [chart] = walls(at).values()
    assert chart.figure["data"][0]["x"] == [1, None] and chart.alt == "Dua batang"


def ask(name: str, accept: str = "gzip, br") -> Any:
    headers = [(b"accept-encoding", accept.encode())]
    scope = {
        "type": "http",
        "method": "GET",
        "path": name,
        "headers": headers,
        "path_params": {"name": name},
    }
    return assets.serve(Request(scope))


def test_every_asset_is_served_to_be_kept_for_ever() -> None:
    assets.warm()
    for name in assets.names():
        response = ask(name)
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
        zipped = response.headers.get("content-encoding") == "gzip"
        assert zipped == name.endswith((".js", ".css"))
        assert (gzip.decompress(response.body) if zipped else response.body) == ask(
            name, "identity"
        ).body


def test_plotly_is_of_the_release_that_is_installed_and_draws_what_charts_use() -> None:
    own = ask(assets.PLOTLY_NAME, "identity").body
    whole = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    release = re.search(r"plotly.js v([0-9.]+)", whole.read_text("utf-8")[:200])
    assert release and f"v{release[1]}".encode() in own[:200] and release[1] in assets.PLOTLY_NAME
    # as npm has it; the licence it comes with stands beside it
    assert hashlib.sha256(own).hexdigest().startswith("79542150855a52c5")
    licence = ROOT / "kub" / "web" / "static" / "plotly-cartesian.LICENSE.txt"
    assert "MIT License" in licence.read_text("utf-8")
    used = {
        kind
        for path in (ROOT / "kub").rglob("*.py")
        for kind in re.findall(r'"type": "(\w+)"', path.read_text("utf-8"))
    }
    assert {"scatter", "bar", "heatmap"} <= used
    others = {"pie", "scattergl", "choropleth", "scattermap", "treemap", "sunburst", "sankey"}
    assert not used & others  # the lighter build has none of them


def test_the_grid_is_as_npm_has_it_and_needs_no_eval() -> None:
    own = ask(assets.GRID_NAME, "identity").body
    assert hashlib.sha256(own).hexdigest() == (
        "3b05777f78aa10b6d7fd020bc2076936b889e5a0ff9c1a764fdbe6aa19456993"
    )
    licence = ROOT / "kub" / "web" / "static" / "ag-grid-community.LICENSE.txt"
    assert "The MIT License" in licence.read_text("utf-8")
    # Only expressions written as text would be compiled, and we write none.
    assert "unsafe-eval" not in headers.POLICY


def test_an_unknown_asset_is_not_found_and_not_remembered() -> None:
    assert ask("plotly-1.0.0.min.js").status_code == 404
    with pytest.raises(KeyError):
        assets.asset("../look.py")


def test_the_font_of_the_theme_is_served() -> None:
    assert f'url = "{assets.address(assets.FONT_NAME)}"' in (
        ROOT / ".streamlit" / "config.toml"
    ).read_text("utf-8")
    assert ask(assets.FONT_NAME).body.startswith(b"wOF2")
    assert (ROOT / "kub" / "web" / "static" / "plus-jakarta-sans.OFL.txt").is_file()


def test_addresses_follow_the_base_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.get_option", lambda _: "/dasbor/")
    assert assets.address("a.js") == "/dasbor/assets/a.js"


def test_the_chart_module_carries_the_look() -> None:
    first, _, rest = ask(assets.chart_name(), "identity").body.decode().partition("\n")
    shared = json.loads(first.removeprefix("const LOOK = ").removesuffix(";"))
    assert shared["swap"] == look.swap()
    assert set(shared["templates"]["dark"]) == {"1.0", str(look.PRESENTING)}
    assert "export function paint" in rest


@pytest.mark.parametrize(
    ("kind", "told"), [("text/html; charset=utf-8", True), ("application/json", False)]
)
def test_pages_say_early_what_charts_need(kind: str, told: bool) -> None:
    sent: list[Any] = []
    page = b"<html><body><div></div></body></html>"

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", kind.encode()), (b"etag", b'"of the file"')],
            }
        )
        await send({"type": "http.response.body", "body": page[:9], "more_body": True})
        await send({"type": "http.response.body", "body": page[9:]})

    async def keep(message: Any) -> None:
        sent.append(message)

    asyncio.run(assets.Preload(app)({"type": "http"}, None, keep))  # type: ignore[arg-type]
    links = [value.decode() for name, value in sent[0]["headers"] if name == b"link"]
    assert len(links) == told
    body = b"".join(message["body"] for message in sent[1:])
    if not told:
        assert body == page
        return
    late = (assets.GRID_NAME, *(name for name in assets.names() if name.endswith(".css")))
    assert {name for name in assets.names() if name not in links[0]} == set(late)
    assert body.endswith(b"</script></body></html>") and assets.module("style.css").encode() in body
    headers = dict(sent[0]["headers"])
    assert b"etag" not in headers and int(headers[b"content-length"]) == len(body)


def test_a_websocket_passes_untouched() -> None:
    seen: list[Any] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        seen.append(send)

    asyncio.run(assets.Preload(app)({"type": "websocket"}, None, keep := object()))  # type: ignore[arg-type]
    assert seen == [keep]
