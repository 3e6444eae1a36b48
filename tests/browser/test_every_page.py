"""What holds on every page: it fits a phone, everyone can use it, and it
shows no fault. (No other host: `visitor`.)
"""

import pytest
from playwright.sync_api import Page, expect

from kub import words
from kub.words import LANGUAGES
from tests.browser.screen import PATHS, drawn, serious
from tests.browser.visitor import Visitor, until
from tests.support.thinned import thinned

# Elements that stand out of the window to the right, and can be seen.
STICKING_OUT = """() => [document.scrollingElement, ...document.querySelectorAll('[data-testid="stMain"]')]
  .filter(e => e.scrollWidth > e.clientWidth).map(e => `${e.tagName} ${e.scrollWidth} > ${e.clientWidth}`)"""


def faultless(page: Page) -> None:
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.locator(".st-key-card-fault")).to_have_count(0)


def shown(page: Page) -> None:
    """Wait for what the page draws, and for its styles: a page without charts is there before them."""
    until(
        page,
        "getComputedStyle(document.documentElement).getPropertyValue('--kub-background') !== ''",
    )
    drawn(page)
    faultless(page)


# A load costs 4 s of a processor: each page is seen in both languages, modes and widths, not in all
# eight combinations.
@pytest.mark.parametrize(("number", "path"), list(enumerate(PATHS)), ids=PATHS)
def test_a_phone_has_no_sideways_scroll_and_axe_finds_nothing_serious(
    visitor: Visitor, path: str, number: int
) -> None:
    page = visitor.open(path, LANGUAGES[number % 2], ("dark", "light")[number % 2], width=390)
    shown(page)
    assert page.evaluate(STICKING_OUT) == []
    assert serious(page) == []


# Around the page stand the same filters and menu on all of them.
WIDE = [
    pytest.param(n, path, marks=[] if n == 0 else pytest.mark.thorough)
    for n, path in enumerate(PATHS)
]


@pytest.mark.parametrize(("number", "path"), WIDE, ids=PATHS)
def test_axe_finds_nothing_serious_on_a_wide_screen(
    visitor: Visitor, path: str, number: int
) -> None:
    page = visitor.open(path, LANGUAGES[(number + 1) % 2], ("light", "dark")[number % 4 == 0])
    shown(page)
    assert serious(page) == []


@pytest.mark.parametrize("lang", thinned(LANGUAGES, 2))
def test_page_says_its_language(visitor: Visitor, lang: str) -> None:
    page = visitor.open("/", lang)
    expect(page.locator("html")).to_have_attribute("lang", lang)


def test_tab_reaches_the_menu_and_enter_opens_a_page(visitor: Visitor) -> None:
    page = visitor.open("/")
    link = page.get_by_role("link", name=words.of("id")("page.growth"), exact=True)
    for _ in range(30):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    else:
        pytest.fail("thirty times Tab did not reach the menu")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(words.of("id")("page.growth"))
