"""A steward goes back to an older version while somebody else looks at the dashboard, and removes
what nobody needs: every page follows as a whole, and a visit keeps its own version.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from kub import visits, words
from kub.store import database
from kub.store.versions import Version, pointed, versions
from kub.visits import Visit
from tests.browser.screen import serious
from tests.browser.server import serve
from tests.browser.visitor import Visitor
from tests.support.versions import records

ID = words.of("id")


def follows(page: Page, link: str, members: int, version: Version) -> None:
    """After a click in the menu everything on the page is of that version."""
    page.locator(".kub-nav").get_by_role("link", name=ID(f"page.{link}"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ID(f"page.{link}"))
    expect(page.locator(".kub-footer")).to_contain_text(version.label)
    if link == "overview":
        expect(page.locator(".kub-strip").first).to_contain_text(re.compile(rf"\b{members}\b"))


def test_going_back_under_an_open_dashboard_and_pruning_beside_a_pinned_visit(
    visit: Callable[[str], Visitor], tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    oldest, middle, newest = (database.build([records("A", n)], folder) for n in (10, 12, 15))
    visits.store(folder, Visit("", date(2026, 12, 1), "Tamu", "33.24", "id", oldest.name, ()))
    with serve(folder) as address:
        visitor = visit(address)
        reader = visitor.open("/")
        expect(reader.locator(".kub-strip").first).to_contain_text("15")
        expect(reader.locator(".kub-footer")).to_contain_text(newest.label)

        steward = visitor.open("/records", section="versions", shown_version=oldest.name)
        button = steward.locator(".st-key-version-use").get_by_role("button")
        button.click()
        dialog = steward.get_by_role("dialog")
        expect(dialog.get_by_role("table")).to_contain_text("15")
        assert serious(steward) == []
        # Nothing has changed until it is confirmed.
        assert pointed(folder) == newest
        dialog.locator(".st-key-version-use-yes").get_by_role("button").click()
        expect(dialog).to_have_count(0)
        expect(steward.locator(".st-key-records-news")).to_contain_text("Sekarang dipakai")
        assert pointed(folder) == oldest

        follows(reader, "growth", 10, oldest)
        follows(reader, "overview", 10, oldest)

        steward.locator(".st-key-version-undo").get_by_role("button").click()
        expect(steward.locator(".kub-footer")).to_contain_text(newest.label)
        follows(reader, "growth", 15, newest)

        steward.locator(".st-key-version-back").get_by_role("button").click()
        expect(steward.locator('[class*="st-key-version-row-"]')).to_have_count(3)
        assert serious(steward) == []
        steward.locator(".st-key-versions-prune").get_by_role("button").click()
        keep = dialog.get_by_label(ID("versions.keep"))
        keep.fill("1")
        keep.press("Enter")
        dialog.get_by_role("button", name=ID("versions.prune_yes", n=1)).click()
        expect(steward.locator(".st-key-records-news")).to_contain_text(
            ID("versions.pruned", n=1, kept=2)
        )
        assert [version.name for version in versions(folder)] == [newest.name, oldest.name]
        assert not middle.path.exists()
