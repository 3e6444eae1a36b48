"""What readers set for themselves: zoom, size of letters, colours,
no motion; and pages they have scrolled.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screen import CHARTLESS, PATHS
from tests.browser.visitor import Visitor
from tests.browser.widths import check, looked_at, measured

# The longest time that anything in the page, an opened list included, takes to move, in seconds.
MOTION = """() => Math.max(...[...document.querySelectorAll("body, body *")].flatMap(e =>
  ["", "::before", "::after"].flatMap(part => {
    const style = getComputedStyle(e, part);
    const times = style.transitionProperty === "none" ? [] : style.transitionDuration.split(",");
    return [...times, ...(style.animationName === "none" ? [] : style.animationDuration.split(","))];
  })).map(parseFloat))"""
SCROLLED = """part => {
  const main = document.querySelector("[data-testid=stMain]");
  main.scrollTop = part * (main.scrollHeight - main.clientHeight);
  return main.scrollTop;
}"""
# The largest height of a chart's letters, px
LARGEST = (
    "e => Math.max(...[...e.querySelectorAll('text')].map(t => t.getBoundingClientRect().height))"
)
FILLS = "all => all.map(e => getComputedStyle(e).fill)"
BACKGROUND = "e => getComputedStyle(e).backgroundColor"
TRANSPARENT = ("transparent", "rgba(0, 0, 0, 0)")


def some(quick: str) -> list[object]:
    """All pages, of which `make test` looks at one."""
    return [pytest.param(p, marks=[] if p == quick else pytest.mark.thorough) for p in PATHS]


@pytest.mark.parametrize("path", some("/villages"))
def test_at_200_percent_everything_has_its_place(visitor: Visitor, path: str) -> None:
    check(looked_at(visitor, path, "id", 1440, zoom=2))


def size(page: Page, selector: str) -> float:
    """Of the letters of an element, px."""
    of = page.locator(selector).first
    return float(of.evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))


@pytest.fixture(scope="module", params=[pytest.param(20, marks=pytest.mark.thorough), 24])
def letters(launch: Callable[..., Browser], request: pytest.FixtureRequest) -> tuple[int, Browser]:
    """A size of letters in place of 16 px, and a browser in which the reader has set it."""
    return request.param, launch(f"--blink-settings=defaultFontSize={request.param}")


@pytest.mark.parametrize("path", some("/"))
def test_letters_are_as_large_as_the_reader_wants_them(
    letters: tuple[int, Browser], address: str, path: str
) -> None:
    px, browser = letters
    visitor = Visitor(browser, address)
    page = looked_at(visitor, path, "id", 1440)
    assert size(page, "html") == px
    assert size(page, "[data-testid=stMainBlockContainer] p") >= 0.8 * px
    for chart in page.locator(".kub-plot").all():
        assert chart.evaluate(LARGEST) > 0.9 * px
    check(page)
    visitor.leave()
    assert visitor.errors == []


@pytest.mark.thorough
@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("path", PATHS)
def test_the_menu_keeps_its_place_over_a_scrolled_page(
    visitor: Visitor, path: str, width: int
) -> None:
    page = looked_at(visitor, path, "id", width)
    before = measured(page, "menu")
    for part in (0.5, 1):
        assert page.evaluate(SCROLLED, part) > 0 or path in CHARTLESS  # nothing below the fold
        if width > 640:  # on a phone it goes away with the page
            for item, was in zip(measured(page, "menu"), before, strict=True):
                assert item["left"] == was["left"] and abs(item["top"] - was["top"]) <= 6
            assert page.locator(".kub-header").evaluate(BACKGROUND) not in TRANSPARENT
        assert measured(page, "overlapping") == []


def test_nothing_moves_where_the_reader_wants_no_motion(visitor: Visitor) -> None:
    page = looked_at(visitor, "/growth", "id", 1024)
    page.locator(".kub-more > button").click()
    expect(page.locator(".kub-more a:visible").first).to_be_visible()
    assert page.evaluate(MOTION) < 0.05


@pytest.mark.parametrize("path", some("/benchmark"))
def test_dark_colours_of_the_readers_own_leave_everything_readable(
    visitor: Visitor, path: str
) -> None:
    page = looked_at(visitor, path, "id", 1440, "dark forced")
    check(page)
    assert dark(page.locator(".stApp").evaluate(BACKGROUND))
    for chart in page.locator(".kub-chart").all():
        assert dark(chart.evaluate(BACKGROUND))
        fills = chart.locator(".kub-plot text").evaluate_all(FILLS)
        assert not all(map(dark, fills))  # on light marks they are


def dark(colour: str) -> bool:
    red, green, blue = map(int, re.findall(r"[0-9]+", colour)[:3])
    return 0.299 * red + 0.587 * green + 0.114 * blue < 128
