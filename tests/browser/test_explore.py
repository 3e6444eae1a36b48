"""Jelajah in a real browser: scrolling, sorting by keyboard, searching, a profile, and Back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screen import serious
from tests.browser.visitor import Visitor

FIRST = ".ag-row[row-index='0'] [col-id='name']"


def shown(page: Page) -> None:
    expect(page.locator(FIRST).first).to_contain_text("KUB")


def test_the_list_scrolls_sorts_and_searches_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open("/explore", role="analyst")
    shown(page)
    assert serious(page) == []

    # Rows far down come from the server.
    with page.expect_response(lambda answer: "/api/explore/rows" in answer.url):
        page.locator(".kub-grid").hover()
        page.mouse.wheel(0, 20_000)
    expect(page.locator(".ag-row[row-index='206'] [col-id='name']")).to_contain_text("KUB")

    # A heading is reached and worked by keyboard.
    page.locator(".ag-header-cell[col-id='kub_id']").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sort=kub_id"))
    expect(page.locator(".ag-row[row-index='0'] [col-id='kub_id']")).to_have_text("KUB-002")

    search = page.get_by_label("Cari KUB")
    search.fill("anggrek apik")
    expect(page.locator(".ag-row[row-index='0'] [col-id='kub_id']")).to_have_text("KUB-227")
    expect(page.locator(".ag-row[row-index='1']")).to_have_count(0)
    expect(search).to_be_focused()
    visitor.leave()


@pytest.mark.thorough
def test_a_profile_opens_and_back_closes_it(visitor: Visitor) -> None:
    page = visitor.open("/explore", role="analyst", search="KUB-034")
    shown(page)
    page.locator(".ag-row[row-index='0'] [col-id='kub_id']").first.click()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="KUB Tunas Rejeki", exact=True)).to_be_visible()
    page.go_back()
    expect(page.locator(".kub-panel")).to_have_count(0)
    visitor.leave()
