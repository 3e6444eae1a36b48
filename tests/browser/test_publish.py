"""The published site in a real browser: below some path of a plain web server, without any net, and
from a disk.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kub import words
from kub.exports.site import files, folder
from kub.exports.site.pages import PAGES
from kub.store import database
from kub.store.data import Data
from kub.store.database import current
from kub.store.versions import Version
from queries.filters import Filters
from tests.browser.screen import serious
from tests.support import versions

BELOW = "portal/data/kub"  # the site may stand anywhere
NAMES = ["index", *list(PAGES)[1:]]
DRAWN = "() => document.querySelectorAll('.kub-chart:not([data-drawn])').length === 0"
KEPT = """async (name) => {
  await navigator.serviceWorker.ready;
  for (const key of await caches.keys()) if (await (await caches.open(key)).match(new URL(name, location).href)) return true;
  return false;
}"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a web server, with the site of a small programme below it."""
    base = tmp_path_factory.mktemp("data")
    return published(database.build([versions.records("satu", 30, sample=True)], base), base)


@pytest.fixture(scope="module")
def sample_root(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of the sample, whose pages have all that a page can have."""
    return published(current(sample_folder), tmp_path_factory.mktemp("sample"))


def published(version: Version, root: Path) -> Path:
    (root / "www" / BELOW).parent.mkdir(parents=True)
    site = files(Data.open(version).seen_by("reader"), Filters())
    folder.store(root / "www" / BELOW, site, {})
    return root / "www"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(root: Path) -> Iterator[str]:
    """The address of the site; its server is gone at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{BELOW}/"
    finally:
        server.shutdown()
        server.server_close()


class Watched:
    """A window, and what went wrong or elsewhere in it."""

    def __init__(self, context: BrowserContext, start: str) -> None:
        self.page: Page = context.new_page()
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda line: self._hear(line.type, line.text))
        self.page.on("request", lambda request: self._ask(request.url, start))

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.wrong.append(text)

    def _ask(self, url: str, start: str) -> None:
        if not url.startswith((start, "data:", "blob:")):
            self.wrong.append(url)

    def open(self, url: str) -> Page:
        self.page.goto(url)
        self.page.wait_for_function(DRAWN)
        return self.page


def test_it_is_read_below_any_path_and_again_without_any_net(browser: Browser, root: Path) -> None:
    context = browser.new_context()
    with served(root) as address:
        window = Watched(context, address)
        page = window.open(address)
        expect(page).to_have_url(f"{address}id/index.html")
        assert page.locator(".kub-chart .main-svg").count() > 0
        page.get_by_role("link", name="Desa", exact=True).click()
        page.wait_for_function(DRAWN)
        expect(page.locator("#villages .main-svg").first).to_be_visible()
        page.get_by_role("link", name="EN", exact=True).click()
        expect(page).to_have_url(f"{address}en/villages.html")
        page.wait_for_function(DRAWN)
        assert serious(page) == []
        page.wait_for_function(KEPT, arg="method.html")  # the last of them
    # The server is gone, as in a village without a signal.
    page.reload()
    page.wait_for_function(DRAWN)
    expect(page.get_by_role("heading", level=1)).to_have_text("Villages")
    page.get_by_role("link", name="Growth", exact=True).click()
    page.wait_for_function(DRAWN)
    expect(page.locator("#growth .main-svg").first).to_be_visible()
    context.close()
    assert window.wrong == []


def test_it_is_read_from_a_disk(browser: Browser, root: Path) -> None:
    """Where a page may read no file beside it, and no worker stands."""
    start = (root / BELOW).as_uri()
    context = browser.new_context(offline=True)
    window = Watched(context, start)
    page = window.open(f"{start}/index.html")
    expect(page).to_have_url(f"{start}/id/index.html")
    page.get_by_role("link", name="Sektor", exact=True).click()
    page.wait_for_function(DRAWN)
    assert page.locator(".kub-chart .main-svg").count() > 0
    expect(page.locator(".kub-picture:visible")).to_have_count(0)
    context.close()
    assert window.wrong == []


def test_without_scripts_tables_stand_open(browser: Browser, root: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    with served(root) as address:
        page = context.new_page()
        page.goto(f"{address}id/growth.html")
        expect(page.locator("noscript p")).to_have_text(words.of("id")("site.no_script"))
        expect(page.locator("#growth table")).to_be_visible()
        expect(page.locator(".kub-chart:visible, .kub-picture:visible")).to_have_count(0)
    context.close()


@pytest.mark.thorough
@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("width", [390, 1440])
def test_every_page_is_drawn_and_nothing_sticks_out(
    browser: Browser, sample_root: Path, lang: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme="dark")
    with served(sample_root) as address:
        window = Watched(context, address)
        for name in NAMES:
            page = window.open(f"{address}{lang}/{name}.html")
            edge = page.evaluate("() => document.documentElement.clientWidth")
            assert page.evaluate("() => document.documentElement.scrollWidth") == edge, name
            assert serious(page) == [], name
    context.close()
    assert window.wrong == []


@pytest.mark.thorough
def test_a_new_publication_is_read_at_the_next_click(
    browser: Browser, root: Path, tmp_path: Path
) -> None:
    """Also by whoever has the old one kept, which goes as soon as the new one is."""
    www = tmp_path / "www"
    site = {
        path.relative_to(root / BELOW).as_posix(): path.read_bytes()
        for path in (root / BELOW).rglob("*.*")
        if path.name != folder.MARK and path.is_file()
    }
    (www / BELOW).parent.mkdir(parents=True)
    folder.store(www / BELOW, site, {})
    context = browser.new_context()
    with served(www) as address:
        window = Watched(context, address)
        page = window.open(f"{address}id/growth.html")
        page.wait_for_function(KEPT, arg="method.html")
        text = site["id/growth.html"].decode().replace("Pertumbuhan</h1>", "Terbitan baru</h1>")
        assert text.encode() != site["id/growth.html"]
        folder.store(www / BELOW, site | {"id/growth.html": text.encode()}, {})
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("Terbitan baru")
    context.close()
    assert window.wrong == []
