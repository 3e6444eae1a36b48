"""A guest's phone and the projector: figures shared with the visit
code appear there, and leave when withdrawn.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from kub import words
from tests.browser.screen import choose
from tests.browser.visitor import Visitor, until

ID = words.of("id")
# Numbers that nothing else on the page or in a link has.
FIGURES = {
    "kub": 4507,
    "members": 60901,
    "covered": 23,
    "population": 480333,
    "population_year": 2024,
}

# The chart begins in the window; and: it is whole in the window, and more than half of it.
INSIDE = """(name) => {
  const box = document.querySelector(name)?.getBoundingClientRect();
  return Boolean(box) && box.top >= 0 && box.top < innerHeight * 0.75 }"""
FILLED = """(name) => {
  const box = document.querySelector(name)?.getBoundingClientRect();
  return Boolean(box) && box.top >= 0 && box.bottom <= innerHeight && box.height > innerHeight * 0.5 }"""


def opened(page: Page) -> str:
    """A visit on the projector; its code."""
    page.get_by_role("button", name=ID("share.receive")).click()
    page.get_by_role("button", name=ID("share.open"), exact=True).click()
    code = page.locator(".kub-visit > p b")
    expect(code).to_have_text(re.compile(r"^[A-Z0-9]{5}$"))
    return code.inner_text()


def fill(page: Page) -> None:
    page.locator(".st-key-guest-open button").click()
    choose(page, ID("guest.region"), "Kota Cilegon")
    for name, value in FIGURES.items():
        page.locator(f'[class*="st-key-guest-{name}-"] input').fill(str(value))
    page.get_by_role("button", name=ID("guest.show"), exact=True).click()
    expect(page.locator(".kub-matrix")).to_contain_text("Kota Cilegon")


def test_a_guest_on_a_phone_appears_on_the_projector_and_leaves_it(visitor: Visitor) -> None:
    projector = visitor.open("/benchmark")
    code = opened(projector)
    expect(projector).to_have_url(re.compile(f"code={code}"))
    phone = visitor.open("/benchmark", width=390)
    urls: list[str] = []
    for page in (phone, projector):
        page.on("request", lambda request: urls.append(request.url))
        page.on("framenavigated", lambda frame: urls.append(frame.url))
    fill(phone)
    until(
        phone, INSIDE, '.kub-card[data-key="rates"] .kub-chart'
    )  # "show in charts" leads to the chart

    phone.get_by_role("button", name=ID("share.offer")).click()
    phone.get_by_label(ID("share.field")).fill(code.lower())
    phone.get_by_role("button", name=ID("share.consent"), exact=True).click()
    expect(phone.get_by_text(ID("share.shared", code=code))).to_be_visible()
    expect(projector.locator(".kub-visit")).to_contain_text(ID("share.names", names="Kota Cilegon"))
    expect(projector.locator(".kub-matrix")).to_contain_text("Kota Cilegon")
    until(projector, FILLED, ".st-key-wall .kub-chart")
    expect(projector.locator(".st-key-wall .kub-chart")).to_contain_text("Kota Cilegon")

    phone.get_by_role("button", name=ID("share.withdraw"), exact=True).click()
    expect(projector.locator(".kub-visit")).to_contain_text(ID("share.nobody"))
    expect(projector.locator(".kub-matrix")).not_to_contain_text("Kota Cilegon")
    urls += [phone.url, projector.url]
    assert not [url for url in urls if any(str(number) in url for number in (4507, 60901, 480333))]


@pytest.mark.thorough
def test_the_end_of_a_visit_reaches_every_screen(visitor: Visitor) -> None:
    projector = visitor.open("/benchmark")
    code = opened(projector)
    other = visitor.open("/benchmark", code=code)
    expect(other.locator(".kub-visit")).to_contain_text(code)
    projector.get_by_role("button", name=ID("share.end"), exact=True).click()
    projector.get_by_role("button", name=ID("share.end_yes"), exact=True).click()
    expect(projector.locator(".kub-visit")).to_have_count(0)
    expect(other.locator(".st-key-notices")).to_contain_text(
        ID("share.refused.no_visit", code=code)
    )
    expect(other.locator(".kub-visit")).to_have_count(0)
