"""How a test reads the screen: by words and charts, as a person does,
and asks the command line for the truth.
"""

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from kub import words
from kub.ui.frame import PAGES
from tests.browser.server import ROOT
from tests.browser.visitor import PATIENCE_MS, settle, until
from tests.support.command import run

PATHS = ["/" if name == PAGES[0] else f"/{name}" for name in PAGES]
# These draw no chart that could be waited for.
CHARTLESS = ("/visits", "/records", "/account")
SCOPE = ".kub-scope"
ATTEMPTS = 3
BYTES = 45_000  # that a change may cost
# The numbers of every chart: which words stand beside them depends on the language.
NUMBERS = """
  const inTrace = trace => ['x', 'y', 'z'].map(axis =>
    Array.from(trace[axis] ?? []).flat().filter(value => typeof value === 'number'));
  const numbers = () => JSON.stringify(Array.from(document.querySelectorAll('.kub-plot'), chart =>
    (chart.data ?? []).map(inTrace)));
"""
# A line's last, provisional part is a trace of its own.
HAS_SERIES = """series => { const wanted = [series, series.slice(0, -1)].map(part => JSON.stringify(part));
  return Array.from(document.querySelectorAll('.kub-plot')).some(chart => (chart.data ?? [])
    .some(trace => [trace.x, trace.y].some(axis => wanted.includes(JSON.stringify(Array.from(axis ?? [])))))) }"""


def drawn(page: Page) -> None:
    """Wait until the page is settled and every chart on it is drawn."""
    settle(page)
    # The script may have ended before the browser has the code of its elements, and a component
    # before its chart.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    if urlsplit(page.url).path in CHARTLESS:
        return
    expect(page.locator(".kub-chart, .kub-grid .ag-row").first).to_be_attached()
    expect(
        page.locator(
            "[data-testid=stBidiComponentRegular]"
            ":not(:has(.kub-chart, .kub-filters :is(h2, input), .kub-nav a, .kub-page[data-page]))"
        )
    ).to_have_count(0)
    expect(page.locator(".kub-chart:not([data-drawn])")).to_have_count(0)


def figures(page: Page) -> str:
    """The numbers in all charts, once every chart is drawn."""
    drawn(page)
    return str(page.evaluate(f"() => {{ {NUMBERS} return numbers() }}"))


def wait_for_figures(page: Page, wanted: str) -> None:
    """Until the charts hold the wanted numbers: a chart keeps its place
    and is redrawn a moment after the run.
    """
    until(page, f"wanted => {{ {NUMBERS} return numbers() === wanted }}", wanted)


def wait_for_other_figures(page: Page, former: str) -> None:
    """Until the charts hold other numbers than before."""
    until(page, f"former => {{ {NUMBERS} return numbers() !== former }}", former)


def wait_for_series(page: Page, series: list[float]) -> None:
    """Until some chart shows exactly this series."""
    until(page, HAS_SERIES, series)


def pick_village(page: Page, lang: str, name: str) -> None:
    """Choose a village in the sidebar, as one who types its name."""
    choose(page, words.of(lang)("filters.villages"), name)


def choose(page: Page, label: str, name: str) -> None:
    """Type a name into the list with that label and click it."""
    page.get_by_role("combobox", name=label, exact=True).click()
    page.keyboard.insert_text(name)
    option = page.get_by_role("option", name=name, exact=True)
    for _ in range(ATTEMPTS):
        option.click()
        # The list loses a click that comes while it is still being narrowed; a choice takes the
        # option out of it.
        with suppress(AssertionError):
            expect(option).to_have_count(0, timeout=PATIENCE_MS / ATTEMPTS)
            return
    raise AssertionError(f"{name} stays in the list {label}, however often it is clicked")


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical on the page."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['impact']} {one['id']}: {node['html'][:200]} {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def kub(data_folder: Path, *arguments: str | Path) -> str:
    """What `python -m kub …` prints on this data folder.

    Raises CalledProcessError where it fails.
    """
    done = subprocess.run(
        [sys.executable, "-m", "kub", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"KUB_DATA": str(data_folder)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def asked(data_folder: Path, question: str, *filters: str) -> list[dict[str, Any]]:
    """The rows of `ask question`, as a script gets them.

    Asked in this process: another one would cost as much as a page.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KUB_DATA", str(data_folder))
        done = run("ask", question, "--format", "json", *filters)
    assert done.exit_code == 0, done.output
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def listened(page: Page) -> tuple[list[int], list[int]]:
    """(lengths of the messages of Streamlit, lengths of answers as they travelled), from now on."""
    messages: list[int] = []
    answers: list[int] = []
    devtools = page.context.new_cdp_session(page)
    devtools.on(
        "Network.webSocketFrameReceived",
        # Base64: three bytes in four letters.
        lambda event: messages.append(len(event["response"]["payloadData"]) * 3 // 4),
    )
    devtools.on(
        "Network.loadingFinished", lambda event: answers.append(int(event["encodedDataLength"]))
    )
    devtools.send("Network.enable")
    return messages, answers
