"""Two real replicas behind nginx: a room of one is entered through the other, a new version shows on
both, and where one is killed its visitors go on with the other.
"""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from deploy import processes, replicas
from kub import words
from kub.shipped import SAMPLES
from kub.store.versions import ROOT
from tests.browser.screen import choose
from tests.browser.server import free_port
from tests.browser.visitor import Visitor
from tests.support.nginx import MISSING, NGINX

ID = words.of("id")
CODE = "rahasia tuan rumah"
FIGURES = {"kub": 4507, "members": 60901, "covered": 23, "population": 480333}
FIGURES |= {"population_year": 2024}
pytestmark = [pytest.mark.thorough, pytest.mark.skipif(not NGINX, reason=MISSING)]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "KUB_DATA": str(tmp_path / "data"), "KUB_HOST_CODE": CODE}


@pytest.fixture
def address(environment: dict[str, str]) -> Iterator[str]:
    port = free_port() // 10 * 10
    while any(map(replicas._is_taken, range(port, port + 3))):
        port -= 10

    def script(name: str, *options: str) -> None:
        command = ["sh", ROOT / "deploy" / name, *options]
        subprocess.run(command, env=environment, check=True, timeout=400)

    script("up", "--replicas", "2", "--port", str(port))
    started, _ = replicas._started(Path(environment["KUB_DATA"]) / replicas.RUN)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        script("down")
    assert [processes.members(process) for process in started] == [[], [], []]


def version(address: str, number: int) -> str:
    """The version that a replica shows."""
    headers = {"Cookie": f"kub_replica={number}"}
    with urllib.request.urlopen(
        urllib.request.Request(f"{address}/health", headers=headers)
    ) as answer:
        assert answer.headers.get("Set-Cookie") is None  # it was that replica
        return str(json.load(answer)["version"])


def sent_to(visitor: Visitor, number: int, path: str) -> Page:
    """A page of a browser that was with this replica before."""
    page = visitor.watched(visitor._context("light", 1440).new_page())
    page.context.add_cookies(
        [{"name": "kub_replica", "value": str(number), "url": visitor.address}]
    )
    page.goto(visitor.link(path))
    return page


def replica(page: Page) -> str:
    [value] = [c["value"] for c in page.context.cookies() if c["name"] == "kub_replica"]
    return value


def test_whichever_replica_answers(
    address: str, environment: dict[str, str], visit: Callable[[str], Visitor]
) -> None:
    visitor = visit(address)
    projector = sent_to(visitor, 1, "/visits")
    projector.get_by_label(ID("host.code")).fill(CODE)
    with projector.expect_response(lambda response: response.url == f"{address}/host"):
        projector.get_by_role("button", name=ID("host.enter")).click()
    expect(projector.get_by_text(ID("visits.new"), exact=False).first).to_be_visible()
    projector.goto(visitor.link("/benchmark"))
    projector.get_by_role("button", name=ID("share.receive")).click()
    projector.get_by_role("button", name=ID("share.open"), exact=True).click()
    shown = projector.locator(".kub-visit > p b")
    expect(shown).to_have_text(re.compile(r"^[A-Z0-9]{5}$"))
    code = shown.inner_text()

    phone = sent_to(visitor, 2, "/benchmark")
    phone.locator(".st-key-guest-open button").click()
    choose(phone, ID("guest.region"), "Kota Cilegon")
    for name, value in FIGURES.items():
        phone.locator(f'[class*="st-key-guest-{name}-"] input').fill(str(value))
    phone.get_by_role("button", name=ID("guest.show"), exact=True).click()
    expect(phone.locator(".kub-matrix")).to_contain_text("Kota Cilegon")
    phone.get_by_role("button", name=ID("share.offer")).click()
    phone.get_by_label(ID("share.field")).fill(code)
    phone.get_by_role("button", name=ID("share.consent"), exact=True).click()
    expect(projector.locator(".kub-matrix")).to_contain_text("Kota Cilegon")
    assert (replica(projector), replica(phone)) == ("1", "2")

    # A new version: at once on both.
    before = version(address, 1)
    sample = min(SAMPLES.glob("*.xlsx"), key=lambda path: path.stat().st_size)
    command = [sys.executable, "-m", "kub", "import", sample]
    subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)
    assert version(address, 1) == version(address, 2) != before

    # The projector's replica is killed: it goes on by itself, with its room and its host.
    started, _ = replicas._started(Path(environment["KUB_DATA"]) / replicas.RUN)
    os.kill(started[0].pid, signal.SIGKILL)
    phone.get_by_role("button", name=ID("share.withdraw"), exact=True).click()
    expect(projector.locator(".kub-visit")).to_contain_text(ID("share.nobody"), timeout=60_000)
    assert f"code={code}" in projector.url and replica(projector) == "2"
    projector.goto(visitor.link("/visits"))
    expect(projector.get_by_text(ID("visits.new"), exact=False).first).to_be_visible()
