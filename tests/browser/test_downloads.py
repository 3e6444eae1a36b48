"""What is taken away from the screen is what the command line answers."""

import csv
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kub import words
from tests.browser.screen import asked, drawn
from tests.browser.visitor import Visitor
from tests.support.thinned import thinned

WRITINGS = {"id": (";", ","), "intl": (",", ".")}


def downloaded(page: Page, button: str, folder: Path) -> Path:
    """The file behind that name in the menu of the first card, once the charts are drawn."""
    drawn(page)
    card = page.locator(".kub-card").first
    card.get_by_role("button", name=words.of("id")("card.download"), exact=True).click()
    with page.expect_download() as waiting:
        card.locator(".kub-menu-list").get_by_text(button, exact=True).click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def same(cell: str, value: Any, comma: str) -> bool:
    if value is None:
        return cell == ""
    if isinstance(value, bool):
        return cell == str(value).lower()
    if isinstance(value, int | float):
        return float(cell.replace(comma, ".")) == value
    return cell == str(value)


@pytest.mark.parametrize("writing", thinned(WRITINGS, 2))
def test_csv_has_the_numbers_of_ask(
    visitor: Visitor, sample_folder: Path, tmp_path: Path, writing: str
) -> None:
    page = visitor.open("/growth", districts="33.25.13", since=2015)
    file = downloaded(page, words.of("id")(f"card.csv_{writing}"), tmp_path)
    separator, comma = WRITINGS[writing]
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened, delimiter=separator))
    expected = asked(sample_folder, "growth", "--districts", "33.25.13", "--since", "2015")
    assert len(rows) == len(expected) > 0
    for row, wanted in zip(rows, expected, strict=True):
        # `sample` is said in words in the file (column note), as a flag in JSON.
        assert row["note"] == words.of("id")("source.sample")
        assert {name for name in wanted if name != "sample"} <= row.keys()
        assert [
            n for n, value in wanted.items() if n != "sample" and not same(row[n], value, comma)
        ] == []


def test_a_card_with_guests_gives_rows_and_files_by_no_address(
    visitor: Visitor, sample_folder: Path, tmp_path: Path
) -> None:
    page = visitor.open("/benchmark")
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    file = downloaded(page, words.of("id")("card.csv_intl"), tmp_path)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["programme"] for row in rows] == [
        row["programme"] for row in asked(sample_folder, "rates")
    ]
    card = page.locator(".kub-card").first
    card.get_by_role("button", name=words.of("id")("card.table"), exact=True).click()
    expect(card.locator("tbody tr")).to_have_count(len(rows))
    # A change elsewhere on the page leaves it open, with the new rows.
    page.get_by_role("radio", name=words.of("id")("base.villages"), exact=True).click()
    expect(card.locator("h2")).to_contain_text("per desa")
    expect(card.locator("tbody tr")).to_have_count(len(rows))
    # The filter bar may still ask for its options; cards are asked for here alone.
    addresses = ("/api/card/", "/api/origin/", "/api/page/", "/media/")
    assert not [url for url in asked_for if any(address in url for address in addresses)]
