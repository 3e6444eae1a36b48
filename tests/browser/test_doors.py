"""The doors in a real browser: the host's cookie, what a frame
elsewhere shows, and whose a download is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from kub import words
from tests.browser.server import serve
from tests.browser.visitor import Visitor, settle
from tests.support.outside import ask, shown

ID = words.of("id")
CODE = "Rahasia-2026! ünï"
COOKIE = "kub-host"


@pytest.fixture(scope="module")
def hall(sample_folder: Path) -> Iterator[str]:
    """A dashboard with a code for the host."""
    with serve(sample_folder, KUB_HOST_CODE=CODE) as address:
        yield address


def gate(page: Page) -> None:
    expect(page.get_by_label(ID("host.code"))).to_be_visible()


def leave(page: Page) -> None:
    page.get_by_role("button", name=ID("host.leave")).click()


def test_the_hosts_cookie_is_no_scripts_and_ends_for_every_window_and_copy(
    hall: str, visit: Callable[[str], Visitor]
) -> None:
    visitor = visit(hall)
    page = visitor.open("/benchmark")
    expect(page.get_by_role("button", name=ID("guest.open"))).to_be_visible()
    expect(page.get_by_role("button", name=ID("share.receive"))).to_have_count(0)
    page.goto(visitor.link("/visits"))
    page.get_by_label(ID("host.code")).fill(CODE)
    with page.expect_response(lambda response: response.url == f"{hall}/host") as told:
        page.get_by_role("button", name=ID("host.enter")).click()
    expect(page.get_by_text(ID("visits.new"), exact=False).first).to_be_visible()
    assert told.value.status == 204 and CODE not in (told.value.request.post_data or "")
    assert (
        "HttpOnly" in (said := told.value.header_value("set-cookie") or "")
        and "SameSite=Strict" in said
    )
    [cookie] = [each for each in page.context.cookies() if each["name"] == COOKIE]
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict" and not cookie["secure"]
    assert COOKIE not in page.evaluate("document.cookie")
    copied = f"{COOKIE}={cookie['value']}"
    assert ID("visits.new") in shown(hall, "visits", cookie=copied)

    window = visitor.watched(page.context.new_page())
    window.goto(visitor.link("/visits"))
    settle(window)
    with window.expect_response(lambda response: response.url == f"{hall}/host"):
        leave(window)
    gate(window)
    assert [each for each in page.context.cookies() if each["name"] == COOKIE] == []
    leave(page)  # the next click in the other window
    gate(page)
    page.reload()
    gate(page)
    assert ID("visits.new") not in shown(hall, "visits", cookie=copied)


@contextmanager
def elsewhere(body: str) -> Iterator[str]:
    """The address of another site, on another port, with one page."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *said: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Page) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def test_no_page_of_another_site_shows_the_visits_in_a_frame(visitor: Visitor) -> None:
    page = visitor.browser.new_context().new_page()
    with elsewhere(f'<iframe src="{visitor.address}/visits"></iframe>') as site:
        page.goto(site, wait_until="load")
        assert page.frames[1].url.startswith("chrome-error:")
    page.context.close()


def test_a_download_opens_for_its_own_browser_only(visitor: Visitor) -> None:
    page = visitor.open("/benchmark", programme="CONTOH-C")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=ID("benchmark_card.button"), exact=True).click()
    url = waiting.value.url
    path = url.removeprefix(visitor.address)
    mine = page.context.request.get(url)
    assert (
        path.startswith("/media/")
        and mine.status == 200
        and mine.body() == Path(waiting.value.path()).read_bytes()
    )
    assert ask(visitor.address, path).status == 404
    other = visitor.open("/method")
    assert other.context.request.get(url).status == 404
