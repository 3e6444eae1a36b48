"""The whole view is in the address: a shared link, the language
switch and Back all lead to the same numbers.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kub import words
from tests.browser.screen import (
    SCOPE,
    asked,
    drawn,
    figures,
    pick_village,
    wait_for_figures,
    wait_for_other_figures,
    wait_for_series,
)
from tests.browser.server import serve
from tests.browser.visitor import Visitor

UJUNGNEGORO = "33.25.13.2010"
KARANGGENENG = "33.25.13.2011"


def active(data_folder: Path, *filters: str) -> list[float]:
    """Active KUB by year, as the command line answers."""
    return [row["active"] for row in asked(data_folder, "growth", *filters)]


def test_shared_link_is_the_first_request_of_a_cold_server(
    visit: Callable[[str], Visitor], sample_folder: Path
) -> None:
    with serve(sample_folder) as address:
        visitor = visit(address)
        page = visitor.open("/villages", "en", villages=UJUNGNEGORO)
        expect(page.get_by_role("heading", level=1)).to_have_text(words.of("en")("page.villages"))
        expect(page.locator(SCOPE)).to_contain_text("Ujungnegoro")
        # Not the overview under another address, which is what the old multipage mode showed.
        assert page.url == visitor.link("/villages", "en", villages=UJUNGNEGORO)


def test_picking_a_village_in_the_sidebar_changes_the_figure(
    visitor: Visitor, sample_folder: Path
) -> None:
    page = visitor.open("/growth")
    everything = active(sample_folder)
    wait_for_series(page, everything)
    pick_village(page, "id", "Ujungnegoro")
    chosen = active(sample_folder, "--villages", UJUNGNEGORO)
    assert chosen != everything
    wait_for_series(page, chosen)
    expect(page.locator(SCOPE)).to_contain_text("Ujungnegoro")
    assert f"villages={UJUNGNEGORO}" in page.url


def test_language_switch_keeps_the_numbers_and_the_filter(visitor: Visitor) -> None:
    page = visitor.open("/growth", villages=UJUNGNEGORO)
    before, scope = figures(page), page.locator(SCOPE).inner_text()
    page.get_by_role("link", name="EN", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words.of("en")("page.growth"))
    wait_for_figures(page, before)
    expect(page.locator(SCOPE)).not_to_have_text(scope, use_inner_text=True)
    assert f"villages={UJUNGNEGORO}" in page.url
    assert "lang=en" in page.url


def test_back_returns_to_the_filter_before(visitor: Visitor) -> None:
    page = visitor.open("/growth", villages=UJUNGNEGORO)
    before = figures(page)
    pick_village(page, "id", "Karanggeneng")
    expect(page.locator(SCOPE)).to_contain_text("Karanggeneng")
    wait_for_other_figures(page, before)
    page.go_back()
    expect(page.locator(SCOPE)).not_to_contain_text("Karanggeneng")
    wait_for_figures(page, before)


@pytest.mark.thorough
def test_menu_carries_the_filter_to_the_next_page(visitor: Visitor) -> None:
    page = visitor.open("/growth", villages=UJUNGNEGORO)
    page.get_by_role("link", name=words.of("id")("page.sectors"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words.of("id")("page.sectors"))
    expect(page.locator(SCOPE)).to_contain_text("Ujungnegoro")
    assert f"villages={UJUNGNEGORO}" in page.url


@pytest.mark.thorough
def test_unknown_value_is_said_not_dropped(visitor: Visitor) -> None:
    page = visitor.open("/growth", villages="33.25.99.9999")
    expect(page.locator(".kub-notice")).to_contain_text("33.25.99.9999")


@pytest.mark.thorough
def test_reload_shows_the_same(visitor: Visitor) -> None:
    page = visitor.open("/villages", villages=KARANGGENENG, until=2020)
    before = figures(page)
    address = page.url
    page.reload()
    drawn(page)
    wait_for_figures(page, before)
    assert page.url == address
