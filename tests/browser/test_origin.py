"""From a figure to its row: by keyboard, under the filters of the page, and on a phone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from kub import words
from tests.browser.screen import drawn
from tests.browser.visitor import Visitor, until

ID, EN = words.of("id"), words.of("en")
SIDEWAYS = "document.documentElement.scrollWidth > window.innerWidth"


def opener(page: Page, key: str) -> Locator:
    return page.locator(f'[data-focus="origin {key}"]')


def test_a_figure_leads_to_its_row_by_keyboard_and_follows_the_filters(visitor: Visitor) -> None:
    page = visitor.open("/")
    drawn(page)
    button = opener(page, "headline")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("region", name=ID("origin.title"))
    expect(panel.get_by_role("heading", level=3)).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "true")
    rows = panel.get_by_role("region", name=ID("origin.kind.kub")).locator("tbody tr")
    expect(rows).to_have_count(200)
    expect(rows.first).to_contain_text("Laporan")
    until(page, "getComputedStyle(document.querySelector('.kub-provenance')).userSelect === 'text'")
    # Another scope, as a click on a chip or a mark makes it: the rows follow.
    page.evaluate(
        """import(document.querySelector('script[src*="page.js"]').src.replace('page.js', 'address.js'))
        .then((address) => address.go({ villages: ['33.25.10.2020'] }))"""
    )
    until(page, "location.search.includes('villages')")
    until(page, "document.querySelectorAll('.kub-provenance tbody tr').length < 60")
    expect(panel.locator(".kub-provenance-value")).to_contain_text("Ponowareng")
    panel.get_by_role("button", name=ID("origin.close")).focus()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(opener(page, "headline")).to_be_focused()
    expect(opener(page, "headline")).to_have_attribute("aria-expanded", "false")


def test_the_query_is_copied_with_its_values_and_all_rows_are_downloaded(visitor: Visitor) -> None:
    page = visitor.open("/growth", lang="en", until=2020)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    drawn(page)
    opener(page, "growth").click()
    panel = page.get_by_role("region", name=EN("origin.title"))
    panel.get_by_text(EN("origin.sql")).click()
    panel.get_by_role("button", name=EN("origin.copy")).click()
    expect(panel.get_by_text(EN("origin.copied"))).to_be_visible()
    text = page.evaluate("navigator.clipboard.readText()")
    assert "-- $until = 2020\n" in text and "FROM shown_fact" in text
    panel.get_by_role("button", name=EN("card.download")).first.click()
    with page.expect_download() as file:
        panel.get_by_role("link", name=EN("card.csv_intl"), exact=True).first.click()
    assert re.search(r"growth-origin-kub_.*\.csv$", file.value.suggested_filename)


@pytest.mark.thorough
def test_a_phone_shows_it_without_scrolling_sideways_and_guests_pages_by_the_session(
    visitor: Visitor,
) -> None:
    page = visitor.open("/benchmark", width=390)
    drawn(page)
    opener(page, "benchmark").click()
    panel = page.get_by_role("region", name=ID("origin.title"))
    expect(panel.get_by_text(ID("origin.kind.programmes"))).to_be_visible()
    expect(panel.get_by_role("region", name=ID("origin.kind.kub"))).to_contain_text("KUB-")
    assert not page.evaluate(SIDEWAYS)
