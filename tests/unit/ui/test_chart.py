"""The chart component in a real browser: it stays, chooses, turns
dark, fits a phone, and becomes a picture.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kub import look

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[3]
APP = """
import streamlit as st
from kub import look
from kub.ui import assets

app = st.App("page.py", routes=assets.routes, middleware=assets.middleware)
"""
PAGE = """
import streamlit as st
from kub import look, words
from kub.ui.part import part
from kub.web.blocks import Card, Chart

def card(key, figure, alt, height):
    chart = Chart(figure, alt, height, "garis", "Sumber: contoh", ["chosen"], "chosen")
    part(key, words.of("id"), Card(key, key, "Judul", "Ukuran", "", "Sumber: contoh", chart))

years = st.segmented_control("Sampai", [2022, 2023], default=2023)
x = list(range(2018, years + 1))
card("chart", {"data": look.line(x, [1234.5 + y for y in x], look.LIGHT.accent, customdata=[f"y{y}" for y in x]),
               "layout": {"xaxis": {"dtick": 1}, "meta": {"narrow": {"xaxis": {"dtick": 2}}}}}, "Garis naik", 300)
areas = [{"type": "scatter", "mode": "lines", "fill": "toself", "hoveron": "fills", "text": "Desa", "hoverinfo": "text",
          "x": [0, 1, 1, 0, 0], "y": [0, 0, 1, 1, 0], "meta": "33.25.01.2001", **look.area("none", look.LIGHT)}]
card("map", {"data": areas, "layout": {}}, "Peta", 200)
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
    (folder / ".streamlit" / "config.toml").write_bytes(
        (ROOT / ".streamlit" / "config.toml").read_bytes()
    )
    with serve(folder, "app.py", folder) as running:
        yield running


@pytest.fixture
def visit(address: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    from tests.browser import chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=chromium.FLAGS
        )
        problems: list[str] = []

        def note(request: Any) -> None:
            if not request.url.startswith((address, "data:", "blob:")):
                problems.append(request.url)

        def opened(width: int = 1200, mode: Any = "light") -> Any:
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=mode
            )
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


def test_numbers_are_written_in_the_language(visit: Any) -> None:
    assert "3.254" in visit().locator(f"{CHART} .ytick").all_text_contents()


def test_a_click_and_the_keyboard_choose_points_and_areas(visit: Any) -> None:
    tab = visit()
    chart = tab.locator(CHART)
    chart.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "Enter"):
        tab.keyboard.press(key)
    tab.wait_for_url("**chosen=y2018**")
    area = tab.locator('[aria-label="Peta"]')
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + 90)
    tab.locator('[aria-label="Peta"] .hoverlayer text').first.wait_for(state="attached")
    tab.mouse.down()
    tab.mouse.up()
    tab.wait_for_url("**chosen=33.25.01.2001**")


def test_the_picture_is_1600_wide_and_named(visit: Any, tmp_path: Path) -> None:
    tab = visit()
    tab.get_by_role("button", name="Unduh").first.press("Enter")
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="PNG").press("Enter")
    assert waiting.value.suggested_filename == "garis.png"
    waiting.value.save_as(tmp_path / "garis.png")
    head = (tmp_path / "garis.png").read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    width, height = (int.from_bytes(head[at : at + 4]) for at in (16, 20))
    assert width == 1600
    assert height > 2 * 300  # chart, title and source


def test_both_modes_are_right_at_once_and_after_a_change_of_theme(visit: Any) -> None:
    light, dark = (
        f"rgb({', '.join(str(int(c[i : i + 2], 16)) for i in (1, 3, 5))})"
        for c in (look.LIGHT.background, look.DARK.background)
    )
    assert visit(mode="dark").evaluate(GROUND) == dark
    tab = visit()
    assert tab.evaluate(GROUND) == light
    tab.emulate_media(color_scheme="dark")
    tab.wait_for_function(f"{GROUND} === '{dark}'")


def test_a_phone_gets_the_narrow_layout_without_sideways_scroll(visit: Any) -> None:
    ticks = f"{CHART} .xtick"
    assert visit().locator(ticks).count() == 6
    phone = visit(390)
    assert phone.locator(ticks).count() == 3
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    phone.set_viewport_size({"width": 1200, "height": 900})
    phone.wait_for_function(f"document.querySelectorAll('{ticks}').length === 6")
