"""At every width: the menu in one row, no text cut or on another, the
large numbers in full rows; and on paper.
"""

import pytest
from playwright.sync_api import Page, expect

from kub import words
from kub.words import LANGUAGES
from tests.browser.screen import CHARTLESS, PATHS
from tests.browser.visitor import HEIGHTS, Visitor, settle, until
from tests.browser.widths import ENGLISH, check, looked_at, measured

ID = words.of("id")


def english(page: Page) -> list[str]:
    return list(measured(page, "spoken", ENGLISH))


QUICK = [
    ("/", "id", 1024),
    ("/villages", "en", 1280),
    ("/benchmark", "id", 390),
]


@pytest.mark.parametrize(("path", "lang", "width"), QUICK)
def test_menu_numbers_and_texts_have_their_place(
    visitor: Visitor, path: str, lang: str, width: int
) -> None:
    check(looked_at(visitor, path, lang, width))


@pytest.mark.thorough
@pytest.mark.parametrize("width", HEIGHTS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_menu_numbers_and_texts_have_their_place_everywhere(
    visitor: Visitor, path: str, lang: str, width: int
) -> None:
    check(looked_at(visitor, path, lang, width))


def test_more_opens_by_keyboard_and_leads_to_a_page(visitor: Visitor) -> None:
    page = looked_at(visitor, "/", "id", 1024)
    assert page.locator("html").get_attribute("translate") == "no"
    page.get_by_role("button", name=ID("frame.more")).focus()
    page.keyboard.press("Enter")
    link = page.locator(".kub-more .kub-menu-list").get_by_role("link", name=ID("page.method"))
    expect(link).to_be_visible()
    for _ in range(12):
        if link.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(ID("page.method"))


def on_paper(page: Page) -> None:
    page.emulate_media(media="print")
    until(page, "document.documentElement.classList.contains('kub-paper')")
    charts = page.locator(".kub-chart").count()
    until(page, f"document.querySelectorAll('.kub-chart[data-width]').length === {charts}")
    assert measured(page, "outside") == []
    for screen_only in (
        ".kub-nav",
        ".kub-lang",
        '[data-testid="stSidebar"]',
        ".kub-actions",
    ):
        for index in range(page.locator(screen_only).count()):
            expect(page.locator(screen_only).nth(index)).to_be_hidden()
    expect(page.locator(".kub-print")).to_be_visible()
    for box in page.locator(".kub-rows-box").all():  # no more is printed than what is in sight
        assert box.evaluate("box => box.scrollHeight - box.clientHeight") <= 1
    page.emulate_media(media="screen")
    until(page, "!document.documentElement.classList.contains('kub-paper')")


PRINTED = [path for path in PATHS if path not in CHARTLESS]


@pytest.mark.parametrize(
    "path",
    [pytest.param(p, marks=[] if p == "/benchmark" else pytest.mark.thorough) for p in PRINTED],
)
def test_charts_and_tables_are_as_wide_as_paper(visitor: Visitor, path: str) -> None:
    on_paper(looked_at(visitor, path, "id", 1920))


def test_forced_colours_keep_what_is_chosen_apart(visitor: Visitor) -> None:
    for path, group in (
        ("/growth", ".kub-segments"),
        ("/benchmark", '[data-testid="stButtonGroup"]'),
    ):
        page = looked_at(visitor, path, "id", 1366, "forced")
        buttons = page.locator(group).first.get_by_role("radio")
        colours = {
            buttons.nth(index).evaluate("e => getComputedStyle(e).backgroundColor")
            for index in range(2)
        }
        assert len(colours) == 2


@pytest.mark.thorough
def test_the_plan_of_a_guest_is_one_click_away(visitor: Visitor) -> None:
    page = looked_at(visitor, "/benchmark", "id", 390)
    before = page.url
    page.get_by_role("link", name=ID("plan.heading")).click()
    until(page, "Math.abs(document.querySelector('#plan').getBoundingClientRect().top) < 300")
    expect(page.get_by_text(ID("plan.invite"))).to_be_visible()
    assert page.url == before


def speaks_indonesian(page: Page) -> None:
    assert english(page) == []
    lists = page.locator('.kub-field, [data-testid="stMultiSelect"], [data-testid="stSelectbox"]')
    for index in range(lists.count()):
        field = lists.nth(index).locator("input").first
        if not field.is_enabled() or not field.is_visible():
            continue
        # A list closes when the page moves under it, which charts that come into view make it do.
        field.scroll_into_view_if_needed()
        settle(page)
        field.click()
        expect(page.get_by_role("listbox")).to_be_visible()
        page.wait_for_timeout(100)
        assert english(page) == []
        page.keyboard.insert_text("qqqq")
        page.wait_for_timeout(200)
        assert english(page) == []
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox")).to_have_count(0)


@pytest.mark.parametrize(
    "path", [pytest.param(p, marks=[] if p == "/villages" else pytest.mark.thorough) for p in PATHS]
)
def test_streamlit_speaks_indonesian(visitor: Visitor, path: str) -> None:
    speaks_indonesian(looked_at(visitor, path, "id", 1440))


def test_a_file_is_asked_for_in_the_language_of_the_page(visitor: Visitor) -> None:
    page = visitor.open("/benchmark", "id", ours="yes")
    uploader = page.get_by_test_id("stFileUploader")
    expect(uploader).to_contain_text(ID("builtin.upload"))
    settle(page)
    assert english(page) == []
    page.locator(".kub-lang").get_by_text("EN").click()
    expect(uploader).to_contain_text("Upload")
