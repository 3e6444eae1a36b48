"""At every width: the menu in one row, no text cut or on another, the large numbers in full rows; and on paper."""

import pytest
from playwright.sync_api import Page, expect

from kub import words
from kub.words import LANGUAGES
from tests.browser.screen import PATHS, drawn
from tests.browser.visitor import HEIGHTS, Visitor, settle, until

ID = words.of("id")

# What stands in the header, and its boxes; the underline of the current page is part of its link.
MENU = """() => {
  const seen = [...document.querySelectorAll('.st-key-menu :is(a, button)')].filter(e => e.checkVisibility());
  return seen.map(e => { const {left, right, top, bottom} = e.getBoundingClientRect(); return {left, right, top, bottom}; });
}"""
HEADER = "() => { const {left, right, top, bottom} = document.querySelector('.st-key-header').getBoundingClientRect(); return {left, right, top, bottom}; }"
# Rows of the large numbers: how many stand in each.
ROWS = """() => [...document.querySelectorAll('.kub-strip')].map(strip => {
  const rows = {};
  for (const box of strip.children) { const top = Math.round(box.getBoundingClientRect().top); rows[top] = (rows[top] ?? 0) + 1; }
  return Object.values(rows);
})"""
# Text that its own box cuts: Streamlit's lists cut long choices themselves, and a table scrolls.
CUT = """() => {
  const pen = document.createElement('canvas').getContext('2d');
  const found = [];
  for (const e of document.querySelectorAll('.stApp :is(p, h1, h2, h3, button, a, label, dt, dd, span, td, th)')) {
    if (!e.checkVisibility() || e.closest('[data-testid="stDataFrame"], .kub-chart, [data-testid="stSidebar"], [role="listbox"]')) continue;
    const style = getComputedStyle(e);
    if (style.position === 'absolute' || style.clipPath !== 'none' || style.display === 'inline') continue;
    if (style.overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1) found.push(`${e.tagName} ${e.textContent.slice(0, 60)}`);
  }
  for (const e of document.querySelectorAll('.stApp input[placeholder]')) {
    if (!e.checkVisibility() || !e.placeholder || e.value) continue;
    const style = getComputedStyle(e);
    pen.font = style.font;
    const room = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (pen.measureText(e.placeholder).width > room + 1) found.push(`placeholder ${e.placeholder}`);
  }
  return found;
}"""
# Letters of charts that stand out of the page: on paper nobody scrolls.
OUTSIDE = """() => {
  const page = document.querySelector('[data-testid="stMainBlockContainer"]').getBoundingClientRect();
  return [...document.querySelectorAll('.kub-plot text')].filter(e => e.getBoundingClientRect().width && e.checkVisibility({visibilityProperty: true}))
    .filter(e => { const box = e.getBoundingClientRect(); return box.left < page.left - 1 || box.right > page.right + 1; })
    .map(e => e.textContent);
}"""


def looked_at(visitor: Visitor, path: str, lang: str, width: int, mode: str = "light") -> Page:
    page = visitor.open(path, lang, mode, width)
    until(page, "getComputedStyle(document.documentElement).getPropertyValue('--kub-background') !== ''")
    until(page, "document.documentElement.style.getPropertyValue('--kub-letters') !== ''")
    if path != "/visits":
        drawn(page)
    return page


def check(page: Page, width: int) -> None:
    menu, header = page.evaluate(MENU), page.evaluate(HEADER)
    assert len(menu) >= 4
    assert len({round(item["top"] + item["bottom"]) // 8 for item in menu}) <= 2, "one row"
    assert max(item["top"] for item in menu) < min(item["bottom"] for item in menu), "one row"
    for before, after in zip(menu, menu[1:], strict=False):
        assert before["right"] <= after["left"] + 0.5
    assert all(header["left"] - 1 <= item["left"] and item["right"] <= header["right"] + 8 for item in menu)
    assert all(item["bottom"] <= header["bottom"] for item in menu)
    for rows in page.evaluate(ROWS):
        assert len(set(rows)) == 1, rows
    assert page.evaluate(CUT) == []
    sideways = "() => { const main = document.querySelector('[data-testid=stMain]'); return main.scrollWidth - main.clientWidth; }"
    assert page.evaluate(sideways) <= 0


QUICK = [("/", "id", 1024), ("/visits", "id", 1920), ("/villages", "en", 1280), ("/benchmark", "id", 390)]


@pytest.mark.parametrize(("path", "lang", "width"), QUICK)
def test_menu_numbers_and_texts_have_their_place(visitor: Visitor, path: str, lang: str, width: int) -> None:
    check(looked_at(visitor, path, lang, width), width)


@pytest.mark.thorough
@pytest.mark.parametrize("width", HEIGHTS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_menu_numbers_and_texts_have_their_place_everywhere(visitor: Visitor, path: str, lang: str, width: int) -> None:
    check(looked_at(visitor, path, lang, width), width)


def test_more_opens_by_keyboard_and_leads_to_a_page(visitor: Visitor) -> None:
    page = looked_at(visitor, "/", "id", 1024)
    assert page.locator("html").get_attribute("translate") == "no"
    page.get_by_role("button", name=ID("frame.more")).focus()
    page.keyboard.press("Enter")
    link = page.locator(".st-key-more").get_by_role("link", name=ID("page.method"))
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
    assert page.evaluate(OUTSIDE) == []
    for screen_only in (".st-key-menu", ".st-key-lang", '[data-testid="stSidebar"]', '[class*="st-key-actions-"]'):
        for index in range(page.locator(screen_only).count()):
            expect(page.locator(screen_only).nth(index)).to_be_hidden()
    expect(page.locator(".kub-print")).to_be_visible()
    page.emulate_media(media="screen")
    until(page, "!document.documentElement.classList.contains('kub-paper')")


PRINTED = [path for path in PATHS if path not in ("/visits", "/method")]


@pytest.mark.parametrize(
    "path", [pytest.param(p, marks=[] if p == "/growth" else pytest.mark.thorough) for p in PRINTED]
)
def test_charts_are_drawn_as_wide_as_paper(visitor: Visitor, path: str) -> None:
    on_paper(looked_at(visitor, path, "id", 1920))


def test_forced_colours_keep_what_is_chosen_apart(visitor: Visitor) -> None:
    page = looked_at(visitor, "/growth", "id", 1366, "forced")
    buttons = page.locator('[data-testid="stButtonGroup"]').nth(1).get_by_role("radio")
    colours = {buttons.nth(index).evaluate("e => getComputedStyle(e).backgroundColor") for index in range(2)}
    assert len(colours) == 2
    switch = page.get_by_test_id("stCheckbox").locator("label > div").first
    assert switch.evaluate("e => getComputedStyle(e).borderTopWidth") == "2px"


def test_the_plan_of_a_guest_is_one_click_away(visitor: Visitor) -> None:
    page = looked_at(visitor, "/benchmark", "id", 390)
    before = page.url
    page.locator(".kub-jump").click()
    until(page, "Math.abs(document.querySelector('#plan').getBoundingClientRect().top) < 300")
    assert page.url == before


# Words that Streamlit's own parts would say in English. Those that Indonesian shares (format, total, status) are left out.
ENGLISH = (
    r"\b(the|and|all|select|upload|browse|drag|drop|per file|no results|show|hide|columns?|search|download|press|enter|clear|"
    r"close|open|expand|collapse|choose|options?|sort|ascending|descending|autosize|pin|running|connect\w*|error|help|remove|file)\b"
)
# Everything Streamlit wrote outside our sentences: buttons, lists, tooltips and what only screen readers say.
SPOKEN = """pattern => {
  const english = new RegExp(pattern, 'i');
  const ours = '.kub-chart, .stHtml, [data-testid=stMarkdownContainer], [data-testid=stCaptionContainer], script, style';
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const at = node.parentElement;
    if (at.closest(ours) && !at.closest('[data-testid=stFileUploader]')) continue;
    if (at.closest('[data-testid=stIconMaterial], noscript')) continue;  // names of signs, drawn as signs
    if (english.test(node.data)) found.add(node.data.trim());
  }
  for (const e of document.querySelectorAll('[aria-label], [title], [placeholder]'))
    for (const name of ['aria-label', 'title', 'placeholder'])
      if (e.hasAttribute(name) && !e.closest('.kub-chart') && english.test(e.getAttribute(name))) found.add(`${name}: ${e.getAttribute(name)}`);
  return [...found];
}"""


def speaks_indonesian(page: Page) -> None:
    assert page.evaluate(SPOKEN, ENGLISH) == []
    lists = page.locator('[data-testid="stMultiSelect"], [data-testid="stSelectbox"]')
    for index in range(lists.count()):
        field = lists.nth(index).get_by_role("combobox")
        if not field.is_enabled() or not field.is_visible():
            continue
        field.click()
        expect(page.locator('[role="listbox"]').first).to_be_visible()
        page.wait_for_timeout(100)
        assert page.evaluate(SPOKEN, ENGLISH) == []
        page.keyboard.insert_text("qqqq")
        page.wait_for_timeout(200)
        assert page.evaluate(SPOKEN, ENGLISH) == []
        page.keyboard.press("Escape")


@pytest.mark.parametrize(
    "path", [pytest.param(p, marks=[] if p == "/villages" else pytest.mark.thorough) for p in PATHS]
)
def test_streamlit_speaks_indonesian(visitor: Visitor, path: str) -> None:
    speaks_indonesian(looked_at(visitor, path, "id", 1440))


def test_a_file_is_asked_for_in_indonesian(visitor: Visitor) -> None:
    page = visitor.open("/benchmark", "id", ours="yes")
    expect(page.get_by_test_id("stFileUploader")).to_contain_text(ID("builtin.upload"))
    settle(page)
    assert page.evaluate(SPOKEN, ENGLISH) == []


def test_a_change_of_language_brings_the_words_of_streamlit_along(visitor: Visitor) -> None:
    page = visitor.open("/benchmark", "id", ours="yes")
    uploader = page.get_by_test_id("stFileUploader")
    expect(uploader).to_contain_text(ID("builtin.upload"))
    page.locator(".st-key-lang").get_by_text("EN").click()
    expect(uploader).to_contain_text("Upload")
