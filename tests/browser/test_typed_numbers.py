"""Numbers typed as people type them, in a real browser: shown back with
thousands, told beside, followed by charts.
"""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from kub import words
from tests.browser.screen import choose, figures, wait_for_other_figures
from tests.browser.visitor import Visitor

ID, EN = words.of("id"), words.of("en")


def enter(page: Page, label: str, text: str) -> None:
    """Type into the field with that label as a person does, and leave it with Tab."""
    page.get_by_label(label, exact=True).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def test_residents_typed_with_points_are_what_every_chart_shows(visitor: Visitor) -> None:
    page = visitor.open("/benchmark")
    page.locator(".st-key-guest-open button").click()
    choose(page, ID("guest.region"), "Kota Cilegon")
    residents = page.get_by_label(ID("guest.field.population"), exact=True)
    expect(residents).to_have_value("480.378")
    expect(residents).to_have_attribute("inputmode", "numeric")

    enter(page, ID("guest.field.population"), "12,5")
    expect(residents).to_have_accessible_description(re.compile(r"^“12,5” bukan bilangan bulat"))
    expect(residents).to_have_attribute("aria-invalid", "true")
    enter(page, ID("guest.field.population"), "1094214")
    expect(residents).to_have_value("1.094.214")
    expect(residents).to_have_attribute("aria-invalid", "false")

    for name, text in (("kub", "1.045"), ("members", "10.450"), ("covered", "20")):
        enter(page, ID(f"guest.field.{name}"), text)
    before = figures(page)
    page.get_by_role("button", name=ID("guest.show"), exact=True).click()
    wait_for_other_figures(page, before)
    assert any(number == pytest.approx(1_045 / 109.4214) for number in shown(page))


def shown(page: Page) -> list[float]:
    """Every number of every chart."""
    flat: list[float] = []
    waiting = json.loads(figures(page))
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        else:
            flat.append(part)
    return flat


@pytest.mark.thorough
def test_the_plan_follows_what_is_typed(visitor: Visitor) -> None:
    page = visitor.open("/benchmark", lang="en", plan_for="CONTOH-D")
    field = page.get_by_label(EN("plan_members.label"), exact=True)
    expect(field).to_have_value("14.4")
    before = figures(page)
    enter(page, EN("plan_years.label"), "7")
    wait_for_other_figures(page, before)
    expect(page).to_have_url(re.compile("plan_years=7"))
    enter(page, EN("plan_members.label"), "501")
    expect(field).to_have_accessible_description(re.compile("Write a number from 2 to 500"))
    expect(field).to_have_value("501")
