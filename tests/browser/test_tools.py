"""Buttons of the header: light or dark, the link of this view, paper."""

import pytest
from playwright.sync_api import Page, expect

from kub import words
from kub.words import LANGUAGES
from tests.browser.screen import drawn, serious
from tests.browser.visitor import PATIENCE_MS, Visitor, settle, until
from tests.browser.widths import check, measured, ready
from tests.support.thinned import thinned

ID = words.of("id")
SCHEME = "getComputedStyle(document.querySelector('.stApp')).colorScheme"
INK = "e => getComputedStyle(e).fill"
# What a browser without a clipboard, and a phone, would have.
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
PHONE = """
  window.shared = [];
  Object.defineProperty(navigator, 'share', { value: async (what) => window.shared.push(what) });
  const ask = window.matchMedia.bind(window);
  window.matchMedia = (query) => query === '(pointer: coarse)' ? { matches: true } : ask(query);
"""
COPIED = """() => {
  window.copied = [];
  document.execCommand = () => window.copied.push(document.activeElement.value) > 0;
}"""


def tool(page: Page, name: str) -> None:
    """Press a button of the header, behind its sign where it stands there."""
    button = page.locator(f'.kub-tools [data-tool="{name}"]')
    if not button.is_visible():
        page.get_by_role("button", name=ID("frame.tools.label")).click()
    button.click()


def scheme(page: Page, wanted: str) -> None:
    until(page, f"{SCHEME} === '{wanted}'")


def test_light_and_dark_are_chosen_without_a_reload_and_remembered(visitor: Visitor) -> None:
    page = ready(visitor.open("/growth", width=1024))
    page.evaluate("() => { window.same = true }")
    letters = page.locator(".kub-plot text").first
    before = letters.evaluate(INK)
    scheme(page, "light")
    tool(page, "theme")  # light, which it was
    expect(page.locator(".kub-done")).to_have_text(ID("frame.tools.theme_light"))
    tool(page, "theme")
    scheme(page, "dark")
    until(page, f"({INK})(document.querySelector('.kub-plot text')) !== '{before}'")
    assert page.evaluate("window.same")
    assert serious(page) == []
    page.goto(visitor.link("/sectors", "en"))  # Streamlit would remember it for one path alone
    settle(page)
    scheme(page, "dark")
    other = visitor.watched(page.context.new_page())
    other.goto(visitor.link("/growth"))
    ready(other)
    scheme(other, "dark")
    tool(other, "theme")  # as the system has it: light here
    scheme(other, "light")
    scheme(page, "light")  # the other window follows
    page.emulate_media(color_scheme="dark")
    scheme(page, "dark")


def test_the_link_of_this_view_is_copied_and_said(visitor: Visitor) -> None:
    page = ready(visitor.open("/growth", width=1024, sectors="makanan"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=visitor.address)
    button = page.locator('.kub-tools [data-tool="share"]')
    button.focus()
    page.keyboard.press("Enter")
    status = page.get_by_role("status").filter(has_text=ID("frame.tools.copied"))
    expect(status).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == page.url
    assert "sectors=makanan" in page.url
    expect(status).to_have_count(0, timeout=PATIENCE_MS)


@pytest.mark.thorough
def test_without_a_clipboard_the_link_is_copied_the_older_way(visitor: Visitor) -> None:
    page = visitor.open("/growth", width=1024)
    page.add_init_script(NO_CLIPBOARD)
    page.reload()
    ready(page)
    page.evaluate(COPIED)
    tool(page, "share")
    expect(page.locator(".kub-done")).to_have_text(ID("frame.tools.copied"))
    assert page.evaluate("window.copied") == [page.url]
    page.evaluate("() => { document.execCommand = () => false }")
    tool(page, "share")
    expect(page.locator(".kub-done")).to_have_text(ID("frame.tools.not_copied"))


def test_a_phone_shares_from_the_menu_of_pages(visitor: Visitor) -> None:
    page = visitor.open("/growth", width=390)
    page.add_init_script(PHONE)
    page.reload()
    ready(page)
    expect(page.locator(".kub-tools")).to_be_hidden()
    page.get_by_role("button", name=ID("frame.more")).click()
    assert serious(page) == []
    page.get_by_role("button", name=ID("frame.tools.share")).click()
    until(page, "window.shared.length === 1")
    assert page.evaluate("window.shared[0].url") == page.url
    expect(page.locator(".kub-more .kub-menu-list")).to_be_hidden()


@pytest.mark.thorough
def test_the_page_is_printed_and_paper_has_no_buttons(visitor: Visitor) -> None:
    page = ready(visitor.open("/growth", width=1024))
    page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1 } }")
    tool(page, "print")
    assert page.evaluate("window.printed") == 1
    page.emulate_media(media="print")
    expect(page.locator(".kub-tools")).to_be_hidden()


@pytest.mark.parametrize("lang", thinned(LANGUAGES, 2))
@pytest.mark.parametrize("width", thinned([1024, 1366, 1440, 1920], 4))
def test_the_buttons_have_their_place(visitor: Visitor, lang: str, width: int) -> None:
    page = ready(visitor.open("/growth", lang, width=width))
    check(page)
    header = measured(page, "header")
    box = page.locator(".kub-tools").bounding_box()
    assert box and box["x"] >= header["left"] and box["x"] + box["width"] <= header["right"] + 1
    for neighbour in (".kub-lang", ".kub-account", ".kub-nav > a:visible >> nth=-1"):
        other = page.locator(neighbour).bounding_box()
        assert other
        beside = (
            other["x"] + other["width"] <= box["x"] + 1 or box["x"] + box["width"] <= other["x"] + 1
        )
        below = other["y"] + other["height"] <= box["y"] or box["y"] + box["height"] <= other["y"]
        assert beside or below, neighbour


@pytest.mark.thorough
def test_arrows_move_among_what_can_be_seen(visitor: Visitor) -> None:
    page = ready(visitor.open("/growth", width=1366))
    drawn(page)
    sign = page.get_by_role("button", name=ID("frame.tools.label"))
    more = page.get_by_role("button", name=ID("frame.more"))
    for button in [more, *([sign] if sign.is_visible() else [])]:
        button.focus()
        page.keyboard.press("ArrowDown")
        focused = page.evaluate_handle("document.activeElement").as_element()
        assert focused and focused.is_visible() and not button.evaluate("e => e.matches(':focus')")
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
