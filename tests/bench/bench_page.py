"""Page load, and a village added to the filter until the charts are drawn again, beside a one-chart
Streamlit app.

Both servers and one browser run at the same time and take turns, so only the ratio means
anything. A load counts from the request to the frame after the last chart; a change from the
click to the frame after it.
"""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from kub import words
from kub.answers.scope import village_names
from kub.store import database
from kub.store.data import Data
from tests.bench import spread
from tests.browser import chromium
from tests.browser.screen import choose
from tests.browser.server import ROOT, serve
from tests.browser.visitor import IDLE, PATIENCE_MS, until

LOADS, CHANGES, WARM = 7, 8, 2
QUIET_MS = 1000
# lastDrawn: when what `drawn` names last changed, one frame later; clicked: when the last click
# came.
CLOCK = """
window.clicked = 0; window.lastDrawn = 0;
document.addEventListener('click', event => { window.clicked = event.timeStamp; }, true);
new MutationObserver(changes => {
  if (changes.some(({target}) => (target.closest ? target : target.parentElement)?.closest('%(drawn)s')))
    requestAnimationFrame(() => { window.lastDrawn = performance.now(); });
}).observe(document, {subtree: true, %(kind)s});
"""
CHART_DRAWN = {"drawn": ".kub-chart", "kind": "attributeFilter: ['data-drawn']"}
PLOT_DRAWN = {
    "drawn": ".js-plotly-plot, [data-testid=stText]",
    "kind": "childList: true, characterData: true",
}


@dataclass
class App:
    """One app under measurement. choices: what to pick in the list named label."""

    name: str
    address: str
    clock: str
    ready: str
    label: str
    choices: list[str]
    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    change: list[float] = field(default_factory=list)

    def context(self, browser: Browser) -> BrowserContext:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID")
        context.add_init_script(self.clock)
        return context

    def load(self, context: BrowserContext) -> tuple[Page, float]:
        page = context.new_page()
        page.goto(self.address)
        page.locator(self.ready).first.wait_for()
        page.locator(IDLE).wait_for()
        page.wait_for_timeout(QUIET_MS)  # later charts still move the clock
        return page, page.evaluate("window.lastDrawn")

    def pick(self, page: Page, choice: str) -> float:
        """Milliseconds from the click on the choice until the last drawing it caused."""
        choose(page, self.label, choice)
        # Not by the script's state: a run as short as hello's can be over before the browser shows
        # that it runs.
        until(page, "window.lastDrawn > window.clicked")
        page.wait_for_timeout(QUIET_MS)
        return float(page.evaluate("window.lastDrawn - window.clicked"))


def measure(apps: list[App], browser: Browser) -> None:
    """Fill the apps' times, one app after the other in every round."""
    for _ in range(LOADS):
        for app in apps:
            context = app.context(browser)
            app.cold.append(app.load(context)[1])
            app.warm.append(app.load(context)[1])
            context.close()
    pages = [app.load(app.context(browser))[0] for app in apps]
    for number in range(WARM + CHANGES):
        for app, page in zip(apps, pages, strict=True):
            took = app.pick(page, app.choices[number])
            if number >= WARM:
                app.change.append(took)


def covered_villages(count: int) -> list[str]:
    """Names of villages with a KUB in the default programme: the
    ones whose choice changes the charts.
    """
    data = Data.open(database.current())
    programme = data.default.programme_id
    rows = data.con.execute(
        "SELECT DISTINCT village_code FROM kub WHERE programme_id = $programme ORDER BY village_code LIMIT $count",
        {"programme": programme, "count": count},
    ).fetchall()
    names = village_names(data, programme)
    return [names[code] for (code,) in rows]


def main() -> None:
    rounds = WARM + CHANGES
    expect.set_options(timeout=PATIENCE_MS)
    label = words.of("id")("filters.villages")
    with ExitStack() as stack:
        empty = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ours = stack.enter_context(serve(database.data_folder()))
        hello = stack.enter_context(serve(empty, "hello.py", ROOT / "tests" / "bench"))
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=chromium.executable(), args=chromium.FLAGS
        )
        numbered = [f"Desa {number:03d}" for number in range(rounds)]
        drawn = ".kub-chart[data-drawn]"
        dashboard = App(
            "dashboard", ours, CLOCK % CHART_DRAWN, drawn, label, covered_villages(rounds)
        )
        floor = App(
            "hello", hello, CLOCK % PLOT_DRAWN, ".js-plotly-plot .trace path", "Desa", numbered
        )
        measure([dashboard, floor], browser)
        browser.close()
    report("load, empty cache", dashboard, floor, lambda app: app.cold)
    report("load, warm cache", dashboard, floor, lambda app: app.warm)
    report("village added", dashboard, floor, lambda app: app.change)


def report(title: str, dashboard: App, floor: App, times: Callable[[App], list[float]]) -> None:
    for app in (dashboard, floor):
        print(f"{title:18} {app.name:10} {spread(times(app))}")
    print(f"{title:18} {'ratio':10} {median(times(dashboard)) / median(times(floor)):7.2f}")


if __name__ == "__main__":
    main()
