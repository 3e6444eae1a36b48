"""A page drawn by page.js: a change of the address is drawn at once, whatever comes late or not at
all, and everything a card can do is done by keyboard.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from kub import visits, words
from tests.browser.screen import (
    SCOPE,
    asked,
    choose,
    drawn,
    figures,
    wait_for_figures,
    wait_for_other_figures,
)
from tests.browser.visitor import Visitor, until
from tests.support.blocks import walk

ID, EN = words.of("id"), words.of("en")
PAGES = re.compile(r"/api/page/")
STILL_THERE = "document.querySelector('.kub-page').marked === true"


def card(page: Page, key: str) -> Locator:
    return page.locator(f'.kub-card[data-key="{key}"]')


def focused(locator: Locator) -> bool:
    return bool(locator.evaluate("e => e === document.activeElement"))


def test_a_choice_is_drawn_in_place_and_back_undoes_it(visitor: Visitor) -> None:
    page = visitor.open("/growth")
    before = figures(page)
    page.evaluate("document.querySelector('.kub-page').marked = true")
    entries = page.evaluate("history.length")
    page.get_by_role("radio", name=ID("scale.indexed"), exact=True).click()
    wait_for_other_figures(page, before)
    assert "scale=indexed" in page.url and page.evaluate("history.length") == entries + 1
    page.go_back()
    until(page, "!location.search.includes('scale')")
    expect(page.get_by_role("radio", name=ID("scale.absolute"), exact=True)).to_be_checked()
    assert figures(page) == before
    page.locator(".kub-nav").get_by_role("link", name=ID("page.sectors"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ID("page.sectors"))
    expect(page).to_have_title(re.compile(f"^{ID('page.sectors')}"))
    assert page.evaluate(STILL_THERE)


def turn_to(page: Page, name: str) -> None:
    page.locator(".kub-nav").get_by_role("link", name=ID(f"page.{name}"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ID(f"page.{name}"))
    drawn(page)


DRAWINGS = """JSON.stringify(Array.from(document.querySelectorAll('.kub-chart'),
    chart => [chart.dataset.key, chart.dataset.drawn]))"""


def test_a_page_that_was_left_stands_again_without_being_drawn(visitor: Visitor) -> None:
    page = visitor.open("/sectors")
    before, drawings = figures(page), page.evaluate(DRAWINGS)
    turn_to(page, "growth")
    assert figures(page) != before
    turn_to(page, "sectors")
    assert figures(page) == before and page.evaluate(DRAWINGS) == drawings
    # Its charts answer a key, once.
    entries = page.evaluate("history.length")
    chart = page.locator(".kub-chart[data-key=sectors]")
    chart.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    until(page, "location.search.includes('sectors=')")
    assert page.evaluate("history.length") == entries + 1


def test_a_page_that_stands_again_says_what_the_address_says_by_now(visitor: Visitor) -> None:
    page = visitor.open("/growth")
    drawn(page)
    turn_to(page, "sectors")
    choose(page, ID("filters.districts"), "Tulis")
    expect(page.locator(SCOPE)).to_contain_text("Tulis")
    turn_to(page, "growth")
    expect(page.locator(SCOPE)).to_contain_text("Tulis")
    fresh = visitor.open("/growth", districts="33.25.10")
    wait_for_figures(page, figures(fresh))


@pytest.mark.thorough
def test_arrow_keys_choose_and_the_focus_stays(visitor: Visitor) -> None:
    page = visitor.open("/sectors", lang="en")
    drawn(page)
    page.get_by_role("radio", name=EN("measure.kub"), exact=True).focus()
    page.keyboard.press("ArrowRight")
    members = page.get_by_role("radio", name=EN("measure.members"), exact=True)
    expect(members).to_be_checked()
    until(page, "document.activeElement.getAttribute('aria-checked') === 'true'")
    assert "measure=members" in page.url and focused(members)


def test_two_quick_changes_end_in_the_later_one(visitor: Visitor) -> None:
    page = visitor.open("/growth")
    drawn(page)
    held: list[Route] = []
    first = re.compile(r"/api/page/growth\?scale=indexed$")
    page.route(first, lambda route: held.append(route))
    page.get_by_role("radio", name=ID("scale.indexed"), exact=True).click()
    until(page, "location.search.includes('scale=indexed')")
    page.get_by_role("radio", name=ID("measure.members"), exact=True).click()
    expect(page.get_by_role("radio", name=ID("measure.members"), exact=True)).to_be_checked()
    title = card(page, "growth").get_by_role("heading").inner_text()
    for route in held:  # the first answer comes after the second
        route.continue_()
    page.wait_for_timeout(300)
    expect(page.get_by_role("radio", name=ID("measure.members"), exact=True)).to_be_checked()
    assert card(page, "growth").get_by_role("heading").inner_text() == title and held


def test_a_lost_connection_says_so_and_goes_on_by_itself(visitor: Visitor) -> None:
    page = visitor.open("/", lang="en")
    drawn(page)
    page.route(PAGES, lambda route: route.abort())
    scope = page.locator(SCOPE).inner_text()
    page.get_by_role("combobox", name=EN("filters.villages"), exact=True).click()
    page.keyboard.insert_text("Ujungnegoro")
    page.get_by_role("option", name="Ujungnegoro", exact=True).click()
    expect(page.locator(".kub-lost")).to_have_text(EN("card.lost"))
    assert page.locator(SCOPE).inner_text() == scope
    page.unroute(PAGES)
    expect(page.locator(SCOPE)).to_contain_text("Ujungnegoro")
    expect(page.locator(".kub-lost")).to_be_hidden()


def test_a_table_twin_opens_and_sorts_by_keyboard(visitor: Visitor, sample_folder: Path) -> None:
    page = visitor.open("/growth")
    drawn(page)
    flow = card(page, "growth_flow")
    button = flow.get_by_role("button", name=ID("card.table"), exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    region = flow.get_by_role("region")
    years = [str(row["year"]) for row in asked(sample_folder, "growth")]
    expect(region.locator("tbody tr")).to_have_count(len(years))
    assert region.locator("tbody tr td:first-child").all_inner_texts() == years
    head = region.get_by_role("columnheader").first
    for direction, wanted in (("ascending", years), ("descending", years[::-1])):
        head.get_by_role("button").focus()
        page.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-sort", direction)
        assert region.locator("tbody tr td:first-child").all_inner_texts() == wanted
    page.get_by_role("radio", name=ID("measure.members"), exact=True).click()
    expect(page.get_by_role("radio", name=ID("measure.members"), exact=True)).to_be_checked()
    expect(region.locator("tbody tr")).to_have_count(len(years))  # it stays open
    button.click()
    expect(region).to_have_count(0)


@pytest.mark.thorough
def test_a_long_table_brings_more_rows_by_keyboard(visitor: Visitor, sample_folder: Path) -> None:
    page = visitor.open("/growth")
    drawn(page)

    def shorten(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        for block in walk(told["blocks"]):
            if block.get("key") == "gaps":
                block["table"] |= {"rows": block["table"]["rows"][:2], "cut": "Dua yang pertama."}
        route.fulfill(response=answer, json=told)

    page.route(PAGES, shorten)
    page.locator(".kub-nav").get_by_role("link", name=ID("page.villages"), exact=True).click()
    gaps = card(page, "gaps")
    expect(gaps.locator("tbody tr")).to_have_count(2)
    expect(gaps.get_by_text("Dua yang pertama.")).to_be_visible()
    more = gaps.get_by_role("button", name=ID("card.more"), exact=True)
    more.focus()
    page.keyboard.press("Enter")
    expect(gaps.locator("tbody tr")).to_have_count(len(asked(sample_folder, "gaps")))
    expect(gaps.get_by_role("region")).to_be_focused()
    expect(more).to_have_count(0)


def test_the_menu_of_downloads_goes_by_keys(visitor: Visitor) -> None:
    page = visitor.open("/growth")
    drawn(page)
    foot = card(page, "survival").locator(".kub-actions")
    button = foot.get_by_role("button", name=ID("card.download"), exact=True)
    button.focus()
    page.keyboard.press("ArrowDown")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert focused(foot.get_by_role("link", name=ID("card.csv_id"), exact=True))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    png = foot.get_by_role("button", name=ID("card.png"), exact=True)
    assert focused(png)
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(".png")
    picture = Path(waiting.value.path()).read_bytes()
    assert picture.startswith(b"\x89PNG") and len(picture) > 10_000
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")


@pytest.mark.thorough
def test_a_point_of_the_map_opens_a_village_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/villages")
    drawn(page)
    ranking = card(page, "villages_ranking").locator(".kub-chart")
    ranking.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    until(page, "location.search.includes('profile=')")
    close = page.get_by_role("link", name=ID("profile.close"), exact=True)
    expect(close).to_be_visible()
    close.click()
    until(page, "!location.search.includes('profile=')")
    expect(card(page, "villages_ranking")).to_be_visible()


@pytest.mark.thorough
def test_two_quick_clicks_on_chips_drop_both(visitor: Visitor) -> None:
    for path in ("/growth", "/benchmark"):  # drawn by an address, and by a run
        page = visitor.open(path, districts=["33.25.13", "33.25.12"], sectors="makanan")
        drawn(page)
        expect(page.locator(".kub-chip")).to_have_count(3)
        page.evaluate(
            "document.querySelectorAll('.kub-chip').forEach((chip, at) => at < 2 && chip.click())"
        )
        expect(page.locator(".kub-chip")).to_have_count(1)
        assert "districts" not in page.url and "sectors=makanan" in page.url


def test_a_host_adds_a_card_to_a_visit(
    visitor: Visitor, sample_folder: Path, request: pytest.FixtureRequest
) -> None:
    page = visitor.open("/sectors")
    drawn(page)
    before = {each.visit_id for each in visits.visits(sample_folder)}  # type: ignore[union-attr]
    foot = card(page, "sectors")
    foot.get_by_role("button", name=ID("keep.add"), exact=True).click()
    foot.get_by_role("button", name=ID("keep.new"), exact=True).click()
    said = foot.locator(".kub-kept")
    expect(said.get_by_role("link", name=ID("keep.open"), exact=True)).to_be_visible()
    for each in visits.visits(sample_folder):
        if each.visit_id not in before:  # type: ignore[union-attr]
            request.addfinalizer(lambda each=each: visits.remove(sample_folder, each))
    said.get_by_role("link", name=ID("keep.open"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ID("page.visits"))
    # The visit itself shows a card; of the page that was left none remains.
    page_itself = page.locator(".kub-page:not(.kub-part)")
    expect(page_itself.get_by_role("heading", level=2)).to_have_count(0)
