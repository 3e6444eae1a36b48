"""A presentation's next step: from the key press until its chart is
drawn, or its table there, and a frame more.
"""

import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from kub import visits, words
from kub.store import database
from kub.store.data import Data
from kub.visits import stories
from queries.filters import Filters
from tests.bench import spread
from tests.browser import chromium
from tests.browser.server import serve
from tests.browser.visitor import until

CHANGES, WARM, QUIET_MS = 20, 2, 700
CLOCK = """
window.pressed = 0; window.lastDrawn = 0;
document.addEventListener('keydown', event => { window.pressed = event.timeStamp; }, true);
const seen = ({ target }) => !target.closest('[data-behind]'); // what comes next is drawn unseen
new MutationObserver((changes) => changes.some(seen) && requestAnimationFrame(() => { window.lastDrawn = performance.now(); }))
  .observe(document, {subtree: true, attributeFilter: ['data-drawn', 'data-step']});
"""
SETTLED = "step => document.querySelector('.kub-remote')?.dataset.step === String(step)"


def prepared(folder: Path) -> visits.Visit:
    """A visit of 30 minutes on the sample."""
    version = database.current(folder)
    data = Data.open(version)
    parts = set(data.ask("supporting", Filters())["part"])
    steps = stories.story(30, data.default.programme_id, parts, words.of("id"))
    return visits.store(
        folder, visits.Visit("", date(2026, 12, 1), "Tamu", "33.24", "id", version.name, steps)
    )


def press(page: Page, key: str, step: int) -> float:
    """Milliseconds from the key press to the last change it caused on the page."""
    page.keyboard.press(key)
    until(page, SETTLED, step)
    page.wait_for_timeout(QUIET_MS)
    return float(page.evaluate("window.lastDrawn - window.pressed"))


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        visit = prepared(folder)
        with serve(folder) as address:
            browser = playwright.chromium.launch(
                executable_path=chromium.executable(), args=chromium.FLAGS
            )
            page = browser.new_context(
                viewport={"width": 1920, "height": 1080}, locale="id-ID"
            ).new_page()
            page.add_init_script(CLOCK)
            page.goto(f"{address}/present?visit={visit.visit_id}&step=1")
            until(page, SETTLED, 1)
            page.wait_for_timeout(3 * QUIET_MS)
            last = len(visit.steps)
            steps = [*range(2, last + 1), *range(last - 1, 0, -1)][: WARM + CHANGES]
            forward = [True] * (last - 1) + [False] * (last - 1)
            keys = ["PageDown" if ahead else "PageUp" for ahead in forward]
            took = [press(page, key, step) for key, step in zip(keys, steps, strict=False)]
            browser.close()
    print(f"{'next step':18} {'dashboard':10} {spread(took[WARM:])}")


if __name__ == "__main__":
    main()
