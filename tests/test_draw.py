"""The chart component: what it sends, what it serves, and what a reader can do with it in a browser."""

import asyncio
import gzip
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from kub import look
from kub.ui import assets
from kub.ui.draw import Caption, drawn, encoded

ROOT = Path(__file__).parent.parent


def page() -> None:
    import streamlit as st

    from kub.ui.draw import Caption, draw, picture_button

    figure = {
        "data": [{"type": "bar", "x": [1, float("nan")], "y": ["a", "b"], "customdata": ["A", "B"]}],
        "layout": {},
    }
    draw(figure, "one", "Dua batang", 300, filename="dua", caption=Caption("Judul", "Anak judul", "Sumber: contoh"))
    draw(figure, "two", "Bisa dipilih", on_select=lambda chosen: st.session_state.update(chosen=chosen))
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
    scope = {"type": "http", "method": "GET", "path": name, "headers": headers, "path_params": {"name": name}}
    return assets.serve(Request(scope))


def test_every_asset_is_served_to_be_kept_for_ever() -> None:
    assets.warm()
    for name in assets.names():
        response = ask(name)
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
        zipped = response.headers.get("content-encoding") == "gzip"
        assert zipped == name.endswith(".js")
        assert (gzip.decompress(response.body) if zipped else response.body) == ask(name, "identity").body


def test_plotly_is_the_one_that_is_installed() -> None:
    assert b"plotly.js v" in ask(assets.PLOTLY_NAME, "identity").body[:200]


def test_an_unknown_asset_is_not_found_and_not_remembered() -> None:
    assert ask("plotly-1.0.0.min.js").status_code == 404
    with pytest.raises(KeyError):
        assets.asset("../look.py")


def test_the_font_of_the_theme_is_served() -> None:
    assert f'url = "{assets.address(assets.FONT_NAME)}"' in (ROOT / ".streamlit" / "config.toml").read_text("utf-8")
    assert ask(assets.FONT_NAME).body.startswith(b"wOF2")
    assert (ROOT / "kub" / "ui" / "static" / "plus-jakarta-sans.OFL.txt").is_file()


def test_addresses_follow_the_base_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.get_option", lambda _: "/dasbor/")
    assert assets.address("a.js") == "/dasbor/assets/a.js"


def test_the_chart_module_carries_the_look() -> None:
    first, _, rest = ask(assets.chart_name(), "identity").body.decode().partition("\n")
    shared = json.loads(first.removeprefix("const LOOK = ").removesuffix(";"))
    assert shared["swap"] == look.swap()
    assert set(shared["templates"]["dark"]) == {"1.0", str(look.PRESENTING)}
    assert "export function draw" in rest


@pytest.mark.parametrize(("kind", "told"), [("text/html; charset=utf-8", True), ("application/json", False)])
def test_pages_say_early_what_charts_need(kind: str, told: bool) -> None:
    sent: list[Any] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind.encode())]})
        await send({"type": "http.response.body", "body": b"x"})

    async def keep(message: Any) -> None:
        sent.append(message)

    asyncio.run(assets.Preload(app)({"type": "http"}, None, keep))  # type: ignore[arg-type]
    links = [value.decode() for name, value in sent[0]["headers"] if name == b"link"]
    assert len(links) == told
    assert not told or all(name in links[0] for name in assets.names())
    assert sent[1]["body"] == b"x"


def test_a_websocket_passes_untouched() -> None:
    seen: list[Any] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        seen.append(send)

    asyncio.run(assets.Preload(app)({"type": "websocket"}, None, keep := object()))  # type: ignore[arg-type]
    assert seen == [keep]


APP = """
import streamlit as st
from kub import look
from kub.ui import assets

app = st.App("page.py", routes=assets.routes, middleware=assets.middleware)
"""
PAGE = """
from pathlib import Path
import streamlit as st
from kub import look
from kub.ui import draw as d

def choose(chosen):
    st.session_state.chosen = chosen

st.html(Path(d.__file__).with_name("style.css"))
years = st.segmented_control("Sampai", [2022, 2023], default=2023)
x = list(range(2018, years + 1))
figure = {"data": look.line(x, [1234.5 + y for y in x], look.LIGHT.accent, customdata=[f"y{y}" for y in x]),
          "layout": {"xaxis": {"dtick": 1}, "meta": {"narrow": {"xaxis": {"dtick": 2}}}}}
d.draw(figure, "chart", "Garis naik", 300, on_select=choose,
       filename="garis", caption=d.Caption("Judul", "Ukuran", "Sumber: contoh"))
d.picture_button("chart", "PNG", "Simpan")
areas = [{"type": "scatter", "mode": "lines", "fill": "toself", "hoveron": "fills", "text": "Desa", "hoverinfo": "text",
          "x": [0, 1, 1, 0, 0], "y": [0, 0, 1, 1, 0], "meta": "33.25.01.2001", **look.area("none", look.LIGHT)}]
d.draw({"data": areas, "layout": {}}, "map", "Peta", 200, on_select=choose)
st.text(f"dipilih: {st.session_state.get('chosen')}")
"""
CHART = '[aria-label="Garis naik"]'
GROUND = f"getComputedStyle(document.querySelector('{CHART} .main-svg')).backgroundColor"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from tests.browser.server import serve

    folder = tmp_path_factory.mktemp("app")
    (folder / "app.py").write_text(f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{APP}", "utf-8")
    (folder / "page.py").write_text(PAGE, "utf-8")
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "config.toml").write_bytes((ROOT / ".streamlit" / "config.toml").read_bytes())
    with serve(folder, "app.py", folder) as running:
        yield running


@pytest.fixture
def visit(address: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    from tests.browser import chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.FLAGS)
        problems: list[str] = []

        def note(request: Any) -> None:
            if not request.url.startswith((address, "data:", "blob:")):
                problems.append(request.url)

        def opened(width: int = 1200, mode: Any = "light") -> Any:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=mode)
            tab = context.new_page()
            tab.set_default_timeout(30_000)
            tab.on("request", note)
            tab.on("pageerror", lambda error: problems.append(str(error)))
            tab.goto(address)
            tab.wait_for_selector(f"{CHART}[data-drawn]")
            return tab

        yield opened
        browser.close()
    assert problems == []


@pytest.mark.browser
def test_a_change_keeps_the_chart_and_its_place(visit: Any) -> None:
    tab = visit()
    tab.evaluate(f"document.querySelector('{CHART}').mine = true")
    place = tab.locator(CHART).bounding_box()
    assert place["height"] == 300
    tab.get_by_text("2022", exact=True).first.click()
    tab.wait_for_function(f"document.querySelector('{CHART} .kub-plot').data[0].x.length === 5")
    assert tab.evaluate(f"document.querySelector('{CHART}').mine")
    assert tab.locator(CHART).bounding_box() == place
    assert tab.locator(".modebar-btn, .plotlyjsicon").count() == 0


@pytest.mark.browser
def test_numbers_are_written_in_the_language(visit: Any) -> None:
    assert "3.254" in visit().locator(f"{CHART} .ytick").all_text_contents()


@pytest.mark.browser
def test_a_click_and_the_keyboard_choose_points_and_areas(visit: Any) -> None:
    tab = visit()
    chart = tab.locator(CHART)
    chart.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "Enter"):
        tab.keyboard.press(key)
    tab.get_by_text("dipilih: {'customdata': 'y2018', 'x': 2018").wait_for()
    area = tab.locator('[aria-label="Peta"]')
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + 90)
    tab.locator('[aria-label="Peta"] .hoverlayer text').first.wait_for(state="attached")
    tab.mouse.down()
    tab.mouse.up()
    tab.get_by_text("'customdata': '33.25.01.2001'").wait_for()


@pytest.mark.browser
def test_the_picture_is_1600_wide_and_named(visit: Any, tmp_path: Path) -> None:
    tab = visit()
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="PNG").press("Enter")
    assert waiting.value.suggested_filename == "garis.png"
    waiting.value.save_as(tmp_path / "garis.png")
    head = (tmp_path / "garis.png").read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    width, height = (int.from_bytes(head[at : at + 4]) for at in (16, 20))
    assert width == 1600
    assert height > 2 * 300  # chart, title and source


@pytest.mark.browser
def test_both_modes_are_right_at_once_and_after_a_change_of_theme(visit: Any) -> None:
    light, dark = (f"rgb({', '.join(str(int(c[i : i + 2], 16)) for i in (1, 3, 5))})"
                   for c in (look.LIGHT.background, look.DARK.background))  # fmt: skip
    assert visit(mode="dark").evaluate(GROUND) == dark
    tab = visit()
    assert tab.evaluate(GROUND) == light
    tab.emulate_media(color_scheme="dark")
    tab.wait_for_function(f"{GROUND} === '{dark}'")


@pytest.mark.browser
def test_a_phone_gets_the_narrow_layout_without_sideways_scroll(visit: Any) -> None:
    ticks = f"{CHART} .xtick"
    assert visit().locator(ticks).count() == 6
    phone = visit(390)
    assert phone.locator(ticks).count() == 3
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    phone.set_viewport_size({"width": 1200, "height": 900})
    phone.wait_for_function(f"document.querySelectorAll('{ticks}').length === 6")
