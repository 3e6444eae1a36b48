"""A dashboard on the sample, and a visitor with a real browser."""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import chromium
from tests.browser.server import serve
from tests.browser.visitor import PATIENCE_MS, Visitor

_failed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[_failed] = item.stash.get(_failed, False) or report.failed
    return report


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Browser]]:
    """launch(*flags): a Chromium with these flags besides those of all; closed at the end."""
    executable = chromium.executable()
    assert executable, "These tests need Chromium: install it, or set CHROMIUM to its path."
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright, ExitStack() as started:

        def start(*flags: str) -> Browser:
            args = [*chromium.FLAGS, *flags]
            running = playwright.chromium.launch(executable_path=executable, args=args)
            started.callback(running.close)
            return running

        yield start


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Browser]) -> Browser:
    return launch()


@pytest.fixture(scope="session")
def address(sample_folder: Path) -> Iterator[str]:
    """Where a dashboard on the sample answers. Shared by all tests: import nothing into it."""
    with serve(sample_folder) as running:
        yield running


@pytest.fixture
def visit(
    browser: Browser, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[str], Visitor]]:
    """visit(address) is a visitor there.

    At the end no page may have asked another host nor raised an error.
    """
    visitors: list[Visitor] = []

    def come(address: str) -> Visitor:
        visitors.append(Visitor(browser, address))
        return visitors[-1]

    yield come
    for visitor in visitors:
        if request.node.stash.get(_failed, False):
            print("How it looked:", *visitor.photograph(tmp_path))
        visitor.leave()
    assert [visitor.foreign for visitor in visitors] == [[] for _ in visitors]
    assert [visitor.errors for visitor in visitors] == [[] for _ in visitors]


@pytest.fixture
def visitor(visit: Callable[[str], Visitor], address: str) -> Visitor:
    """A visitor of the sample."""
    return visit(address)
