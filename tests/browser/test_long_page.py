"""Long pages: Tolok Ukur within a few screens, its folded parts by click, key, link and on paper;
Metode's answers with their formulas.
"""

import pytest
from playwright.sync_api import Page, expect

from kub import words
from tests.browser.screen import drawn
from tests.browser.visitor import Visitor, settle, until
from tests.browser.widths import check, looked_at
from tests.support.thinned import thinned

ID = words.of("id")
HIGHEST = 4500  # px of Tolok Ukur at 1440 × 900 on the sample; it was 8,096
CARDS = (
    *("rates", "benchmark", "programme_years", "programme_sectors", "rates_funnel"),
    *("peers", "regencies", "elsewhere"),
)
FOLDED = ("peers", "regencies", "elsewhere")
HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"
INSIDE = """selector => {
  const box = document.querySelector(selector)?.getBoundingClientRect();
  return box?.height > 0 && box.top >= 0 && box.bottom <= innerHeight }"""
AT_TOP = """selector => {
  const box = document.querySelector(selector)?.getBoundingClientRect();
  return box?.height > 0 && box.top >= 0 && box.top < innerHeight / 2 }"""
SHOWN = """selector => {
  const node = document.querySelector(selector);
  return node?.checkVisibility({ contentVisibilityAuto: true }) && node.getBoundingClientRect().height > 20 }"""
FOCUSED = "anchor => document.activeElement.closest(anchor) !== null"


def of(key: str) -> str:
    return f'.kub-card[data-key="{key}"]'


def jump(page: Page, name: str) -> None:
    """Follow a link of the contents by keyboard."""
    link = page.locator(".kub-contents").get_by_role("link", name=name, exact=True)
    link.focus()
    page.keyboard.press("Enter")


def test_the_page_is_a_few_screens_long_and_no_card_is_lost(visitor: Visitor) -> None:
    page = looked_at(visitor, "/benchmark", "id", 1440)
    assert page.evaluate(HEIGHT) < HIGHEST
    address = page.url
    for key in CARDS:
        expect(page.locator(of(key))).to_have_count(1)
        if key in FOLDED:
            assert not page.evaluate(SHOWN, of(key))
            jump(page, ID(f"visit.chart.{key}"))
            until(page, AT_TOP, of(key))
            until(page, FOCUSED, of(key))
        until(page, SHOWN, of(key))
    assert page.url == address
    check(page)


@pytest.mark.thorough
def test_the_first_chart_and_the_invitation_are_on_the_first_screen(visitor: Visitor) -> None:
    page = looked_at(visitor, "/benchmark", "id", 1440)
    assert page.evaluate(INSIDE, of("rates") + " .kub-chart")
    assert page.evaluate(INSIDE, ".st-key-guest-open button")
    phone = looked_at(visitor, "/benchmark", "id", 390)
    assert phone.evaluate(INSIDE, ".st-key-guest-open button")
    assert phone.evaluate(AT_TOP.replace("/ 2", "* 0.9"), of("rates") + " h2")


def test_a_link_opens_what_it_names(visitor: Visitor) -> None:
    page = visitor.open("/benchmark")
    page.goto(visitor.link("/benchmark") + "#plan")
    settle(page)
    until(page, AT_TOP, "#plan")
    until(page, SHOWN, ".st-key-control-plan_for")
    page.goto("about:blank")
    page.goto(visitor.link("/benchmark") + "#elsewhere")
    settle(page)
    until(page, AT_TOP, of("elsewhere"))
    until(page, SHOWN, of("elsewhere"))


@pytest.mark.thorough
def test_programmes_to_compare_with_are_chosen_behind_one_button(visitor: Visitor) -> None:
    page = visitor.open("/benchmark")
    drawn(page)
    button = page.get_by_role("button", name=ID("peers.beside_all"))
    button.focus()
    page.keyboard.press("Enter")
    popover = page.get_by_role("dialog")
    expect(popover).to_contain_text("Kabupaten Contoh B")
    popover.get_by_text(ID("peers.how"), exact=True).click()
    expect(popover.get_by_text(ID("peers.explained")[:40])).to_be_visible()
    popover.get_by_role("button", name="Yang mirip").click()
    until(page, "location.search.includes('peers=')")
    expect(page.get_by_role("button", name=ID("peers.beside", n=3))).to_be_visible()


@pytest.mark.thorough
def test_what_is_folded_away_is_printed(visitor: Visitor) -> None:
    page = looked_at(visitor, "/benchmark", "id", 1366)
    page.emulate_media(media="print")
    until(page, "document.documentElement.classList.contains('kub-paper')")
    for key in FOLDED:
        until(page, SHOWN, of(key))
    page = looked_at(visitor, "/method", "id", 1366)
    formula = ".kub-explanations code"
    assert not page.evaluate(SHOWN, formula)
    page.emulate_media(media="print")
    until(page, SHOWN, formula)
    expect(page.locator(".kub-contents")).to_be_hidden()


@pytest.mark.parametrize("width", thinned([1440, 390], 2))
def test_the_method_page_answers_what_is_asked_without_filters(
    visitor: Visitor, width: int
) -> None:
    page = looked_at(visitor, "/method", "id", width)
    check(page)
    for part in ("stSidebar", "stExpandSidebarButton"):
        expect(page.get_by_test_id(part)).to_be_hidden()
    answer = page.get_by_role("region", name=ID("method.item.coverage.heading"), exact=True)
    expect(answer).to_contain_text(ID("method.item.coverage.says"))
    formula = answer.get_by_text(ID("method.item.coverage.formula"), exact=True)
    expect(formula).to_be_hidden()
    answer.get_by_text(ID("method.formula"), exact=True).focus()
    page.keyboard.press("Enter")
    expect(formula).to_be_visible()
    jump(page, ID("method.about.money"))
    until(page, AT_TOP, "#about-money")
    until(page, FOCUSED, "#about-money")
    if width == 390:  # there the bar is folded away on every page
        return
    page.locator(".kub-nav").get_by_role("link", name=ID("page.growth"), exact=True).click()
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    drawn(page)
    page.go_back()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
