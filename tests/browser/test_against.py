"""The control "Bandingkan dengan" by keyboard: in the address at once, and back."""

from playwright.sync_api import Locator, Page, expect

from kub import words
from tests.browser.screen import drawn, serious
from tests.browser.visitor import Visitor, until

ID = words.of("id")
KANDEMAN = "33.25.13"


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name=ID("against.label"), exact=True)


def test_another_district_by_keyboard_back_and_cleared(visitor: Visitor) -> None:
    page = visitor.open("/growth", districts="33.25.10")
    drawn(page)
    own = page.locator(".kub-card h2").first.inner_text()
    field(page).focus()
    page.keyboard.insert_text("kandem")
    option = page.get_by_role("option", name="Kecamatan Kandeman", exact=True)
    expect(option).to_be_visible()
    # This side is not offered to be compared with itself.
    expect(page.get_by_role("option", name="Kecamatan Tulis", exact=True)).to_have_count(0)
    page.keyboard.press("Enter")
    until(
        page,
        "code => new URLSearchParams(location.search).get('against_districts') === code",
        KANDEMAN,
    )
    chip = page.get_by_role(
        "link", name=ID("filters.drop", filter=ID("against.chip", name="Kecamatan Kandeman"))
    )
    expect(chip).to_be_visible()
    drawn(page)
    expect(page.locator(".kub-card h2").first).to_contain_text("Kecamatan Kandeman")
    expect(field(page)).to_be_focused()
    assert not serious(page)
    page.go_back()
    expect(page.locator(".kub-card h2").first).to_have_text(own)
    page.go_forward()
    expect(chip).to_be_visible()
    page.get_by_role("button", name=ID("filters.clear"), exact=True).click()
    until(page, "() => location.search === ''")
