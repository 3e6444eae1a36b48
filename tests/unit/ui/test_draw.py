"""The chart component: what it sends, and what the app serves for
it. (In a browser: test_chart.py.)
"""

import asyncio
import gzip
import hashlib
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import plotly
import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from kub import look
from kub.ui import assets
from kub.ui.draw import Caption, drawn, encoded, pass_on

ROOT = Path(__file__).parents[3]


def page() -> None:
    import streamlit as st

    from kub.ui.draw import Caption, draw, picture_button

    figure = {
        "data": [
            {"type": "bar", "x": [1, float("nan")], "y": ["a", "b"], "customdata": ["A", "B"]}
        ],
        "layout": {},
    }
    draw(
        figure,
        "one",
        "Dua batang",
        300,
        filename="dua",
        caption=Caption("Judul", "Anak judul", "Sumber: contoh"),
    )
    draw(
        figure,
        "two",
        "Bisa dipilih",
        on_select=lambda chosen: st.session_state.update(chosen=chosen),
    )
    picture_button("one", "PNG", "Simpan")
    st.text(str(st.session_state.get("chosen")))


def test_a_test_sees_what_is_drawn() -> None:
    at = AppTest.from_function(page).run()
    assert not at.exception
    charts = drawn(at)
    assert list(charts) == ["one", "two"]
    one = charts["one"]
    assert one.figure["data"][0]["x"] == [1, None]
    assert (one.alt, one.height, one.filename, one.selectable) == ("Dua batang", 300, "dua", False)
    assert one.caption == Caption("Judul", "Anak judul", "Sumber: contoh")
    assert charts["two"].filename == "two"
    assert charts["two"].selectable


def test_a_second_run_draws_again() -> None:
    at = AppTest.from_function(page).run().run()
    assert not at.exception
    assert list(drawn(at)) == ["one", "two"]


def test_what_is_chosen_reaches_the_page_once(monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[object] = []
    for said in ({"select": {"customdata": "A"}}, {"select": None}, {}):
        monkeypatch.setattr("streamlit.session_state", {"one": said})
        pass_on("one", got.append)
    assert got == [{"customdata": "A"}]


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (np.int64(3), 3),
        (np.float64("nan"), None),
        (np.array([1.5, np.inf]), [1.5, None]),
        (pd.Series([1, 2]), [1, 2]),
        (pd.Timestamp(2020, 1, 2), "2020-01-02T00:00:00"),
        (date(2020, 1, 2), "2020-01-02"),
        (pd.NA, None),
        (pd.NaT, None),
        ((1, float("nan")), [1, None]),
        ({"a": float("-inf")}, {"a": None}),
    ],
)
def test_values_become_json(value: Any, sent: object) -> None:
    assert json.loads(encoded({"data": [value], "layout": {}}))["data"] == [sent]


def test_what_is_no_value_is_no_secret() -> None:
    with pytest.raises(TypeError, match="no place in a figure for object"):
        encoded({"data": [object()], "layout": {}})


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
    assert "export function draw" in rest


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
    early = [name for name in assets.names() if not name.endswith(".css")]
    assert all(name in links[0] for name in early)
    assert body.endswith(b"</script></body></html>") and assets.module("style.css").encode() in body
    headers = dict(sent[0]["headers"])
    assert b"etag" not in headers and int(headers[b"content-length"]) == len(body)


def test_a_websocket_passes_untouched() -> None:
    seen: list[Any] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        seen.append(send)

    asyncio.run(assets.Preload(app)({"type": "websocket"}, None, keep := object()))  # type: ignore[arg-type]
    assert seen == [keep]
