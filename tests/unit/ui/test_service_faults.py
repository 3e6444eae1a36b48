"""What breaks under a running server, really done to one: killed under open pages, its disk full and
read-only, its version damaged, its clock set back.
"""

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlencode

import pytest

from kub import words
from kub.store.audit import FILE
from kub.ui.visits import keep
from kub.visits import FOLDER
from tests.support import small
from tests.support.outside import Answer, ask, shown
from tests.support.pages import open_page
from tests.support.service import Service, disk, filled, remount

EN = words.of("en")
DISTRICTS = ("33.25.13", "33.25.05")
SECTORS = ("makanan", "kerajinan", "koperasi", "laundry", "lainnya")
NAMES = ("overview", "growth", "sectors", "villages", "economy")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk of its own where we may have one, else a folder."""
    base = tmp_path_factory.mktemp("service")
    try:
        with disk(base / "disk", 30) as folder:
            yield folder
    except PermissionError:
        (base / "folder").mkdir()
        yield base / "folder"


@pytest.fixture(scope="module")
def service(room: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    small.write(room)
    log = tmp_path_factory.mktemp("log") / "stderr"
    service = Service(room, log, KUB_LOG="json")
    service.start()
    yield service
    service.kill()


@pytest.fixture
def own_disk(room: Path) -> Path:
    if room.name != "disk":
        pytest.skip("needs root: a full and a read-only disk can be had by mounting one only")
    return room


def page(service: Service, name: str, **query: str) -> Answer:
    return ask(service.address, f"/api/page/{name}?{urlencode({'lang': 'en', **query})}")


def block(answer: Answer) -> dict[str, Any]:
    [only] = json.loads(answer.body)["blocks"]
    return dict(only)


def health(service: Service) -> Answer:
    return ask(service.address, "/health?lang=en")


def taken(service: Service) -> Answer:
    return ask(service.address, "/data/growth.csv?role=analyst&lang=en")


def views(count: int) -> list[tuple[str, dict[str, str]]]:
    """As many different links."""
    return [
        (NAMES[n % 5], {"districts": DISTRICTS[n // 5 % 2], "sectors": SECTORS[n // 10 % 5]})
        for n in range(count)
    ]


# Twenty take a minute; two go the same way.
@pytest.mark.parametrize(
    "count",
    [2, pytest.param(20, marks=[pytest.mark.thorough, pytest.mark.faults])],
)
def test_pages_come_back_by_their_addresses_after_a_kill(service: Service, count: int) -> None:
    opened = views(count)

    def read(view: tuple[str, dict[str, str]]) -> tuple[str, bytes]:
        name, query = view
        path = "" if name == "overview" else name
        session = shown(service.address, path, {"lang": "en", **query})
        return session, page(service, name, **query).body

    states: set[int] = set()
    over = Event()

    def watch() -> None:
        while not over.wait(0.05):
            with suppress(OSError):  # nobody answers
                states.add(health(service).status)

    watching = Thread(target=watch)
    watching.start()
    try:
        with ThreadPoolExecutor(count) as browsers:
            before = list(browsers.map(read, opened))
            asking = [browsers.submit(read, view) for view in opened]
            service.kill()
            lost = [future.exception() for future in asking]
            with pytest.raises(OSError):
                health(service)
            service.start()
            after = list(browsers.map(read, opened))
            # A click: another filter, in a session that began by its link.
            clicked = [(name, {**query, "until": "2021"}) for name, query in opened]
            further = list(browsers.map(read, clicked))
    finally:
        over.set()
        watching.join()
    assert any(lost), "it was killed while it was asked"
    assert [text for _, text in after] == [text for _, text in before]
    for session, text in [*after, *further]:
        assert EN("error.fault.title") not in session and "kub-page" in session
        assert "blocks" in json.loads(text)
    assert all(text != old for (_, text), (_, old) in zip(further, after, strict=True))
    assert states == {200}


def test_a_full_disk_stops_what_is_stored_and_no_page(
    service: Service, own_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filling = filled(own_disk)
    try:
        assert page(service, "growth", until="2020").status == 200
        assert page(service, "villages", sectors="makanan").status == 200
        assert health(service).status == 200
        assert ask(service.address, "/data/growth.csv").status == 200
        refused = taken(service)
        assert refused.status == 503
        assert json.loads(refused.body)["problem"] == EN("error.not_audited.title")
        assert not (own_disk / FILE).exists() or (own_disk / FILE).stat().st_size == 0
        # Saving a visit says so where it was asked for, and leaves no half of one behind.
        monkeypatch.setenv("KUB_DATA", str(own_disk))
        app = open_page("visits", lang="en")
        app.text_input(key="new-institution").set_value("ADB")
        [create] = [button for button in app.button if button.label == EN("visits.create")]
        create.click().run()
        assert not app.exception and EN("system.full") in app.error[0].value
        assert keep.listed(own_disk) == () and not list((own_disk / FOLDER).glob("*.toml"))
    finally:
        filling.unlink()
    assert taken(service).status == 200


def test_a_read_only_folder_stops_what_is_stored_and_no_page(
    service: Service, own_disk: Path
) -> None:
    before = (own_disk / FILE).read_bytes() if (own_disk / FILE).exists() else b""
    remount(own_disk, "ro")
    try:
        assert page(service, "growth", until="2019").status == 200
        assert health(service).status == 200
        refused = taken(service)
        assert refused.status == 503 and EN("system.read_only") in refused.body.decode()
    finally:
        remount(own_disk, "rw")
    assert taken(service).status == 200
    assert len((own_disk / FILE).read_bytes()) > len(before)


def test_a_damaged_version_is_said_and_comes_back(service: Service, room: Path) -> None:
    [path] = (room / "versions").glob("kub-*.duckdb")
    whole = path.read_bytes()
    path.write_bytes(whole[:50_000] + b"\0" * 50_000)
    try:
        answer = health(service)
        assert answer.status == 503
        assert json.loads(answer.body)["reason"] == EN("error.damaged.title")
        calm = page(service, "growth", until="2021")
        assert calm.status == 503 and block(calm)["title"] == EN("error.damaged.title")
        assert EN("error.damaged.title") in shown(service.address, "growth", {"lang": "en"})
        assert b"\nkub_data_usable 0.0\n" in ask(service.address, "/metrics").body
    finally:
        path.write_bytes(whole)
    assert health(service).status == 200 and page(service, "growth").status == 200


def test_a_clock_set_back_changes_no_page_and_no_order(service: Service, room: Path) -> None:
    """The version in use was made by a clock that was ahead; the next one is older by its name."""
    shutil.rmtree(room / "versions")
    ahead = small.write(room, "20991231T235959000000Z")
    assert json.loads(health(service).body)["version"] == ahead.name
    assert page(service, "growth").status == 200
    assert b"\nkub_data_version_age_seconds 0.0\n" in ask(service.address, "/metrics").body
    newer = small.write(room, "20261130T000000000000Z")
    assert json.loads(health(service).body)["version"] == newer.name
    assert page(service, "growth", until="2020").status == 200


def test_its_log_is_json_through_all_of_it(service: Service) -> None:
    lines = [json.loads(line) for line in service.log.read_text().splitlines()]
    assert lines and all(line["logger"] and line["time"] for line in lines)
    faults = [line for line in lines if "fault" in line]
    assert [line["traceback"].splitlines()[-1] for line in faults] == []
