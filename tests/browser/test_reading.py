"""A long page: what it is of stays in sight and covers nothing, its parts are one jump away, and what
stands at the foot of a card is quiet but read.
"""

import pytest
from playwright.sync_api import Page, expect

from kub import words
from tests.browser.screen import SCOPE, drawn
from tests.browser.visitor import Visitor, until

ID = words.of("id")
TOP = "e => e.getBoundingClientRect().top"
BELOW = "[...document.querySelectorAll('.kub-page h2')].at(-1).scrollIntoView()"
# Whether another layer lies over the upper edge of what has the focus.
COVERED = """() => {
  const e = document.activeElement;
  const { left, top, width } = e.getBoundingClientRect();
  const at = document.elementFromPoint(left + width / 2, top + 2);
  return !(e.contains(at) || at.contains(e));
}"""
CONTRAST = """e => {
  const light = (text) => {
    const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map(Number).map((n) => n / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let opacity = 1;
  for (let at = e; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
  const ground = getComputedStyle(document.querySelector(".stApp")).backgroundColor;
  const [low, high] = [light(getComputedStyle(e).color), light(ground)].sort((a, b) => a - b);
  return opacity < 1 ? 0 : (high + 0.05) / (low + 0.05);
}"""


def scrolled(page: Page) -> None:
    page.evaluate(BELOW)
    until(page, "document.querySelector('[data-testid=stMain]').scrollTop > 600")


@pytest.mark.thorough
def test_it_stays_above_what_streamlit_draws(visitor: Visitor) -> None:
    page = visitor.open("/benchmark")
    drawn(page)
    page.locator(".kub-matrix").evaluate("e => e.scrollIntoView()")
    until(page, "document.querySelector('[data-testid=stMain]').scrollTop > 600")
    line = page.locator(".kub-scope-line")
    expect(line).to_be_in_viewport()
    header = page.locator(".kub-header").bounding_box()
    assert header is not None
    assert abs(line.evaluate(TOP) - header["y"] - header["height"]) <= 4


def test_the_scope_stays_in_sight_and_covers_no_focus(visitor: Visitor) -> None:
    page = visitor.open("/growth", districts="33.25.13")
    drawn(page)
    scrolled(page)
    line = page.locator(".kub-scope-line")
    expect(line.get_by_text("Kandeman").first).to_be_in_viewport()
    assert line.evaluate(TOP) >= page.locator(".kub-header").evaluate(
        "e => e.getBoundingClientRect().bottom - 4"
    )
    assert line.bounding_box()["height"] <= 60  # type: ignore[index]
    # Backwards by keyboard: what has the focus comes into sight below it.
    page.locator(".kub-card .kub-quiet").last.focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(COVERED)


@pytest.mark.thorough
def test_on_a_phone_and_on_paper_it_scrolls_away(visitor: Visitor) -> None:
    page = visitor.open("/growth", width=390)
    drawn(page)
    scrolled(page)
    expect(page.locator(SCOPE)).not_to_be_in_viewport()
    wide = visitor.open("/growth")
    drawn(wide)
    wide.emulate_media(media="print")
    position = "e => getComputedStyle(e).position"
    assert wide.locator(".kub-scope-line").evaluate(position) == "static"


def test_a_part_is_one_jump_away_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/economy")
    drawn(page)
    before = page.url
    contents = page.get_by_role("navigation", name=ID("contents.label"))
    contents.get_by_role("link", name=ID("section.economy.missing"), exact=True).focus()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name=ID("section.economy.missing"), exact=True)
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    assert page.url == before and not page.evaluate(COVERED)


@pytest.mark.thorough
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_foot_of_a_card_is_quiet_but_read(visitor: Visitor, mode: str) -> None:
    page = visitor.open("/growth", mode=mode)
    drawn(page)
    foot = page.locator('.kub-card[data-key="survival"] .kub-foot')
    word = foot.locator(".kub-quiet").first
    colour = "e => getComputedStyle(e).color"
    quiet = word.evaluate(colour)
    assert word.evaluate(CONTRAST) >= 4.5
    foot.locator(".kub-quiet").last.focus()
    assert word.evaluate(colour) != quiet and word.evaluate(CONTRAST) >= 4.5
    # The source stands once, at the foot of the page.
    expect(page.locator(".kub-source:visible")).to_have_count(0)
    expect(page.locator(".kub-basis")).to_have_count(1)
