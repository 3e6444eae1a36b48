"""The year of the map: by keyboard, by the button that lets the years run, and as a link."""

import pytest
from playwright.sync_api import Page, expect

from kub import words
from tests.browser.screen import BYTES, SCOPE, drawn, listened, serious
from tests.browser.visitor import Visitor, settle, until

ID, EN = words.of("id"), words.of("en")
YEAR = ".kub-year-number"
MAP = 'section[data-key="villages"]'
FRAME = """() => { const { xaxis, yaxis } = document.querySelector('[data-key=villages] .kub-plot')._fullLayout;
  return JSON.stringify([xaxis.range, yaxis.range]) }"""


def in_address(page: Page, query: str) -> None:
    until(page, "query => location.search === query", query)


def opened(visitor: Visitor, lang: str = "id", **filters: object) -> tuple[Page, int, int]:
    """The page, and the first and the last year."""
    page = visitor.open("/villages", lang, **filters)
    drawn(page)
    years = page.get_by_role("slider")
    return page, int(years.get_attribute("min") or 0), int(years.get_attribute("max") or 0)


def test_a_year_by_keyboard_is_in_address_title_and_map(visitor: Visitor) -> None:
    page, first, last = opened(visitor, "en")
    slider = page.get_by_role("slider", name=EN("year.label"), exact=True)
    expect(slider).to_have_value(str(last))
    land = page.evaluate(FRAME)
    slider.focus()
    page.keyboard.press("ArrowLeft")
    in_address(page, f"?lang=en&until={last - 1}")
    expect(page.locator(YEAR)).to_have_text(str(last - 1))
    expect(page.locator(f"{MAP} h2")).to_contain_text(str(last - 1))
    expect(page.locator(SCOPE)).to_contain_text(str(last - 1))
    expect(slider).to_be_focused()
    drawn(page)
    # The land stays where it is, so that a difference between two years is one of the KUB.
    assert page.evaluate(FRAME) == land
    page.keyboard.press("Home")
    in_address(page, f"?lang=en&until={first}")
    expect(slider).to_have_attribute("aria-valuetext", str(first))
    page.keyboard.press("ArrowUp")
    in_address(page, f"?lang=en&until={first + 1}")
    page.keyboard.press("End")
    in_address(page, "?lang=en")  # the last year is what is shown without one
    expect(page.locator(YEAR)).to_have_text(str(last))
    assert serious(page) == []


@pytest.mark.thorough
def test_years_run_until_the_last_and_a_key_stops_them(visitor: Visitor) -> None:
    page, first, last = opened(visitor)
    play = page.get_by_role("button", name=ID("year.play"), exact=True)
    page.get_by_role("slider").focus()
    page.keyboard.press("Space")
    in_address(page, f"?until={first}")
    in_address(page, f"?until={first + 1}")
    page.keyboard.press("Space")
    expect(play).to_be_visible()
    here = page.evaluate("location.search")
    page.wait_for_timeout(1600)  # longer than a year is looked at
    assert page.evaluate("location.search") == here
    # One way back, however many years ran by.
    page.go_back()
    in_address(page, "?lang=id")
    expect(page.locator(YEAR)).to_have_text(str(last))
    page, _, last = opened(visitor, until=last - 1)
    page.get_by_role("button", name=ID("year.play"), exact=True).click()
    in_address(page, "")
    expect(page.get_by_role("button", name=ID("year.play"), exact=True)).to_be_visible()
    expect(page.get_by_role("slider")).to_have_value(str(last))


@pytest.mark.thorough
def test_a_year_costs_as_little_as_any_other_choice(visitor: Visitor) -> None:
    page, _, last = opened(visitor)
    page.get_by_role("slider").focus()
    messages, answers = listened(page)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f"{MAP} h2")).to_contain_text(str(last - 1))
    drawn(page)
    settle(page)
    assert answers and sum(messages) + sum(answers) <= BYTES


@pytest.mark.thorough
def test_a_year_before_the_first_of_the_filter_takes_that_out(visitor: Visitor) -> None:
    page, first, last = opened(visitor, since=2018)
    page.get_by_role("slider").focus()
    page.keyboard.press("Home")
    in_address(page, f"?until={first}")
    assert first < 2018 <= last
