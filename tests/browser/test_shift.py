"""Nothing on a page moves once it is seen: all is drawn into a place that was kept for it, and of a page
that Streamlit draws the first window is shown once it is whole."""

import pytest
from playwright.sync_api import Page, expect

from kub.ui.site import PAGES
from tests.browser.screen import drawn
from tests.browser.visitor import Visitor

# Cumulative layout shift as web.dev has it, of all that was not answered to a click or key: below
# 0.1 is good, and this is half of it.
MOST = 0.05
MOVED = """() => new Promise(done => {
  new PerformanceObserver(list => done(list.getEntries().filter(entry => !entry.hadRecentInput)
    .map(entry => [entry.value, entry.sources.map(({ node }) => node?.className ?? '').join(' ')])))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done([]), 1000);
})"""


def moved(page: Page) -> float:
    drawn(page)
    shifts = page.evaluate(MOVED)
    print(shifts)  # shown where it fails
    return sum(value for value, _ in shifts)


@pytest.mark.parametrize("width", [1440, pytest.param(390, marks=pytest.mark.thorough)])
@pytest.mark.parametrize(
    "path",
    [
        *("/", "/benchmark"),
        *(
            pytest.param(f"/{name}", marks=pytest.mark.thorough)
            for name in PAGES[1:]
            if name != "benchmark"
        ),
    ],
)
def test_a_page_keeps_the_places_of_what_comes(visitor: Visitor, path: str, width: int) -> None:
    page = visitor.open(path, width=width)
    assert moved(page) <= MOST
    # Nothing is held back for longer than it takes.
    expect(page.locator("html[data-kub-waits~=run]")).to_have_count(0)
