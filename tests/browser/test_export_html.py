"""The page that guests take home, opened from a disk in a browser without any net."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kub import look, words
from kub.exports.html import html
from kub.exports.pack import Pack, pack
from kub.store.data import Data
from kub.store.database import current
from queries.filters import Filters

DRAWN = "() => document.querySelectorAll('.kub-chart:not([data-drawn])').length === 0"
GROUND = "() => getComputedStyle(document.querySelector('.main-svg')).backgroundColor"


@pytest.fixture(scope="module")
def standard(sample_folder: Path) -> Pack:
    return pack(Data.open(current(sample_folder)), Filters(), words.of("id"), date(2026, 11, 24))


@pytest.fixture(scope="module")
def file(standard: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "paket.html"
    path.write_bytes(html(standard))
    return path


@pytest.fixture(
    params=[("light", 1280), pytest.param(("dark", 390), marks=pytest.mark.thorough)],
    ids=lambda given: f"{given[0]}-{given[1]}",
)
def page(browser: Browser, file: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Drawn to the end; whatever was asked for or went wrong meanwhile fails the test."""
    mode, width = request.param
    context = browser.new_context(
        offline=True, color_scheme=mode, viewport={"width": width, "height": 844}
    )
    opened = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    opened.on(
        "request",
        lambda one: None if one.url.startswith(("data:", "blob:")) else asked.append(one.url),
    )
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console",
        lambda line: wrong.append(line.text) if line.type in ("error", "warning") else None,
    )
    opened.goto(file.as_uri())
    opened.wait_for_function(DRAWN)
    yield opened
    context.close()
    assert (asked, wrong) == ([file.as_uri()], [])


def test_every_chart_is_drawn_in_the_mode_of_the_browser(page: Page, standard: Pack) -> None:
    drawn = page.locator(".kub-chart .main-svg:first-child")
    assert drawn.count() >= sum(part.answer.figure is not None for part in standard.parts)
    dark = page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    ground = look.palette("dark" if dark else "light").background
    red, green, blue = (int(ground[at : at + 2], 16) for at in (1, 3, 5))
    assert page.evaluate(GROUND) == f"rgb({red}, {green}, {blue})"


def test_nothing_sticks_out(page: Page) -> None:
    width = page.evaluate("() => document.documentElement.clientWidth")
    assert page.evaluate("() => document.documentElement.scrollWidth") == width
    wide = page.evaluate(
        "() => Math.max(...[...document.querySelectorAll('.main-svg')].map((s) => s.clientWidth))"
    )
    assert wide <= width


def test_charts_answer_in_the_words_of_the_language_and_have_their_alternative_text(
    page: Page, standard: Pack
) -> None:
    for part in standard.parts:
        if part.answer.figure is not None:
            assert page.get_by_role("img", name=part.answer.takeaway, exact=True).count() == 1


def test_a_change_of_mode_turns_the_charts_over(page: Page) -> None:
    before = page.evaluate(GROUND)
    dark = page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    page.emulate_media(color_scheme="light" if dark else "dark")
    page.wait_for_function(f"() => ({GROUND})() !== {before!r}")


def test_paper_is_light_and_holds_the_whole_chart(page: Page) -> None:
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    red, green, blue = (int(look.LIGHT.background[at : at + 2], 16) for at in (1, 3, 5))
    assert page.evaluate(GROUND) == f"rgb({red}, {green}, {blue})"
    widths = page.evaluate(
        "() => [...document.querySelectorAll('.main-svg')].map((s) => s.clientWidth)"
    )
    assert set(widths) == {680}
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    page.wait_for_function("() => document.querySelector('.main-svg').clientWidth !== 680")
