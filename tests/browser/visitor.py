"""Someone who looks at the dashboard in a real browser, and
writes down whom it tries to talk to.
"""

import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

# For a machine with much else to do; whoever waits this long waits in vain.
PATIENCE_MS = 30_000
HEIGHTS = {390: 844, 1024: 768, 1280: 720, 1366: 768, 1440: 900, 1920: 1080}
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
# What frame.py draws last, and what stands in its place where a page cannot be shown.
END = ".st-key-footer, .st-key-card-problem, .st-key-card-fault"


class Visitor:
    """Opens pages of one dashboard.

    foreign: addresses elsewhere that a page asked for (chromium.FLAGS lets none through); errors:
    what its JavaScript raised, and what the page's policy refused.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.pages: list[Page] = []
        self.foreign: list[str] = []
        self.errors: list[str] = []

    def open(
        self,
        path: str = "/",
        lang: str = "id",
        mode: str = "light",
        width: int = 1440,
        zoom: int = 1,
        **filters: object,
    ) -> Page:
        """A page in a browser that was never here before, settled.

        mode: light | dark | forced (colours of the reader's own) | dark forced; width: of the
        window; zoom: of the page in it, 2 for 200 %; filters: as in the link.
        """
        page = self.watched(self._context(mode, width, zoom).new_page())
        page.goto(self.link(path, lang, **filters))
        settle(page)
        return page

    def watched(self, page: Page) -> Page:
        """The page, and whatever it does wrong is written down."""
        self.pages.append(page)
        page.on("request", lambda request: self._note(request.url))
        page.on("websocket", lambda socket: self._note(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self._heard(said.text))
        return page

    def _heard(self, text: str) -> None:
        if any(
            policy in text
            for policy in ("Content Security Policy", "Permissions-Policy", "Permissions policy")
        ):
            self.errors.append(text)

    def link(self, path: str = "/", lang: str = "id", **filters: object) -> str:
        """The whole address of a view."""
        return f"{self.address}{path}?{urlencode({'lang': lang, **filters}, doseq=True)}"

    def photograph(self, folder: Path) -> list[Path]:
        """One picture of each page still open."""
        files = [folder / f"page-{number}.png" for number, _ in enumerate(self.pages)]
        for page, file in zip(self.pages, files, strict=True):
            page.screenshot(path=file)
        return files

    def leave(self) -> None:
        """Close everything opened so far."""
        while self.pages:
            self.pages.pop().context.close()

    def _context(self, mode: str, width: int, zoom: int = 1) -> BrowserContext:
        context = self.browser.new_context(
            viewport={"width": width // zoom, "height": HEIGHTS[width] // zoom},
            device_scale_factor=zoom,
            color_scheme="dark" if "dark" in mode else "light",
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            reduced_motion="reduce",
            forced_colors="active" if "forced" in mode else "none",
        )
        context.set_default_timeout(PATIENCE_MS)
        return context

    def _note(self, url: str) -> None:
        if (
            not url.startswith(("data:", "blob:"))
            and urlsplit(url).netloc != urlsplit(self.address).netloc
        ):
            self.foreign.append(url)


def until(page: Page, expression: str, arg: object = None) -> None:
    """Wait until the expression, or the function of arg, is true there.

    Playwright's wait_for_function would evaluate it in the page, which the page's policy forbids.
    """
    ends = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(expression, arg):
        assert time.monotonic() < ends, f"in vain: {expression}"
        page.wait_for_timeout(50)


def settle(page: Page) -> None:
    """Wait until a page just opened has been run to its end.

    After a click wait for what it should change, never for a run: a short one can be over before
    the browser shows that it runs.
    """
    page.locator(END).first.wait_for()
    page.locator(IDLE).wait_for()
