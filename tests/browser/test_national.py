"""A ministry's afternoon: from all programmes of many regencies down to one, by keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from kub import words
from tests.browser.screen import drawn, kub, serious
from tests.browser.server import serve
from tests.browser.visitor import Visitor, until

ID = words.of("id")
REGENCIES = 45  # of two provinces and a half: more than are set side by side


def pick(chart: Locator, place: int = 1) -> None:
    """Choose the mark of that place, counted from 1."""
    chart.focus()
    for _ in range(place):
        chart.press("ArrowDown")
    chart.press("Enter")


@pytest.mark.thorough
def test_from_the_country_by_its_provinces_down_to_one_programme(
    visit: Callable[[str], Visitor], tmp_path: Path
) -> None:
    data, records = tmp_path / "data", tmp_path / "records"
    size = ("--kub", "450", "--regencies", str(REGENCIES))
    kub(data, "sample", *size, "--out", records)
    [country] = records.iterdir()
    kub(data, "import", country)
    with serve(data) as address:
        page = visit(address).open("/benchmark")
        drawn(page)
        expect(page.get_by_role("heading", name=ID("provinces.heading"))).to_be_visible()
        assert serious(page) == []
        before = page.get_by_role("combobox", name=ID("provinces.label"), exact=True).input_value()
        pick(page.locator(".kub-chart[data-key=provinces]"))
        until(page, "location.search.includes('province=')")
        drawn(page)
        chosen = page.get_by_role("combobox", name=ID("provinces.label"), exact=True)
        expect(chosen).not_to_have_value(before)
        name = page.locator(".kub-brand b").inner_text()
        # The first is the programme that a link need not name.
        pick(page.locator(".kub-chart[data-key=rates_map]"), 2)
        until(page, "location.search.includes('programme=')")
        drawn(page)
        expect(page.locator(".kub-brand b")).not_to_have_text(name)
