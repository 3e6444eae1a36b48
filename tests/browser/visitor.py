"""Someone who looks at the dashboard in a real browser, and writes down whom it tries to talk to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Route, WebSocket

# For a machine with much else to do; whoever waits this long waits in vain.
PATIENCE_MS = 30_000
HEIGHTS = {390: 844, 1440: 900, 1920: 1080}
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
# Counts how often a script run ended, so that a test waits for the run it caused and not for the one before.
COUNT_RUNS = """
window.finishedRuns = 0;
new MutationObserver(changes => {
  for (const {target, oldValue} of changes)
    if (target.dataset.testScriptState === 'notRunning' && oldValue !== 'notRunning') window.finishedRuns++;
}).observe(document, {subtree: true, attributeFilter: ['data-test-script-state'], attributeOldValue: true});
"""


class Visitor:
    """Opens pages of one dashboard. foreign: addresses elsewhere that a page asked for (never let through);
    errors: what its JavaScript raised."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.contexts: list[BrowserContext] = []
        self.foreign: list[str] = []
        self.errors: list[str] = []

    def open(
        self, path: str = "/", lang: str = "id", mode: str = "light", width: int = 1440, **filters: object
    ) -> Page:
        """A page in a fresh browser context, settled. mode: light | dark; filters: as in the link, lists repeated."""
        context = self.browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme="dark" if mode == "dark" else "light",
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            reduced_motion="reduce",
            accept_downloads=True,
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(COUNT_RUNS)
        context.route("**/*", self._pass_own)
        page = context.new_page()
        page.on("websocket", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.link(path, lang, **filters))
        settle(page)
        return page

    def link(self, path: str = "/", lang: str = "id", **filters: object) -> str:
        """The whole address of a view."""
        return f"{self.address}{path}?{urlencode({'lang': lang, **filters}, doseq=True)}"

    def photograph(self, folder: Path) -> list[Path]:
        """One picture of each page still open."""
        pages = [page for context in self.contexts for page in context.pages]
        files = [folder / f"page-{number}.png" for number, _ in enumerate(pages)]
        for page, file in zip(pages, files, strict=True):
            page.screenshot(path=file)
        return files

    def leave(self) -> None:
        """Close everything opened so far."""
        while self.contexts:
            self.contexts.pop().close()

    def _note(self, socket: WebSocket) -> None:
        self._own(socket.url)

    def _pass_own(self, route: Route) -> None:
        if self._own(route.request.url):
            route.continue_()
        else:
            route.abort()

    def _own(self, url: str) -> bool:
        own = url.startswith(("data:", "blob:")) or urlsplit(url).netloc == urlsplit(self.address).netloc
        if not own:
            self.foreign.append(url)
        return own


def settle(page: Page) -> None:
    """Wait until the first run of the script has ended and nothing runs."""
    page.wait_for_function("window.finishedRuns > 0")
    page.wait_for_selector(IDLE, state="attached")


@contextmanager
def rerun(page: Page) -> Iterator[None]:
    """Wait, after the body, for the script run that it causes."""
    before = page.evaluate("window.finishedRuns")
    yield
    page.wait_for_function("before => window.finishedRuns > before", arg=before)
    page.wait_for_selector(IDLE, state="attached")
