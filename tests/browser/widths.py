"""What widths.js measures in a page, and what holds of a page at every width and in every mode."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.screen import drawn
from tests.browser.visitor import Visitor, until

MEASURES = (Path(__file__).parent / "widths.js").read_text("utf-8")
# Words that Streamlit's own parts would say in English. Those that Indonesian has too (format,
# total, the key Enter) are left out.
ENGLISH = (
    r"\b(the|and|all|select|upload|browse|drag|drop|per file|results?|show|hide|columns?|search|download|press|"
    r"clear|close|open|expand|collapse|choose|options?|sort|ascending|descending|autosize|pin|running|connect\w*|"
    r"error|help|remove|file)\b"
)


def measured(page: Page, name: str, *arguments: str) -> Any:
    """What the function of widths.js returns there."""
    return page.evaluate(f"names => {{ {MEASURES} return {name}(...names) }}", list(arguments))


def ready(page: Page) -> Page:
    """The page once its styles are there and its charts are drawn."""
    until(
        page,
        "getComputedStyle(document.documentElement).getPropertyValue('--kub-background') !== ''",
    )
    until(page, "document.documentElement.style.getPropertyValue('--kub-letters') !== ''")
    expect(page.locator(".kub-nav a").first).to_be_visible()
    drawn(page)
    return page


def looked_at(
    visitor: Visitor, path: str, lang: str, width: int, mode: str = "light", zoom: int = 1
) -> Page:
    return ready(visitor.open(path, lang, mode, width, zoom))


def check(page: Page) -> None:
    """The menu in one row inside the header, numbers in full rows, no text cut or on another."""
    menu, header = measured(page, "menu"), measured(page, "header")
    assert len(menu) >= 4
    assert max(item["top"] for item in menu) < min(item["bottom"] for item in menu), "one row"
    for before, after in zip(menu, menu[1:], strict=False):
        assert before["right"] <= after["left"] + 0.5
    for item in menu:
        assert header["left"] - 1 <= item["left"] and item["right"] <= header["right"] + 8
    assert all(item["bottom"] <= header["bottom"] for item in menu)
    for rows in measured(page, "rows"):
        assert len(set(rows)) == 1, rows
    assert measured(page, "cut") == []
    assert measured(page, "clipped") == []
    assert measured(page, "overlapping") == []
    assert measured(page, "sideways") <= 0
