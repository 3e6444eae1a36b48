"""What replicas share: whichever of them is asked says the same, no secret stands in the file, and
what has gone is gone from it.
"""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kub.doors.shared_logins import SharedLogins
from kub.doors.shared_tries import SharedTries
from kub.doors.tries import FREE, FREE_OF_ADDRESS, PACE_S, Tries
from kub.guests import rooms
from kub.guests.rooms import HOURS, NoRoom, RoomStore
from kub.guests.shared_rooms import NAMES, SharedRooms, pack, unpack
from kub.guests.workbook import GuestFile
from kub.guests.workbook import read as read_workbook
from kub.presenting import state
from kub.presenting.shared_stage import SharedStage
from kub.presenting.state import StageStore
from kub.records.source import Upload
from kub.shared import VARIABLE, SharedFile
from kub.shipped import SAMPLES
from kub.ui import host, replicas
from queries.filters import Filters
from tests.support.clock import Clock
from tests.support.guests import CILEGON, KENDAL

TODAY = date(2026, 11, 24)
Two = tuple[SharedFile, SharedFile]


@pytest.fixture
def two(clock: Clock, tmp_path: Path) -> Iterator[Two]:
    """The file, as two processes have opened it."""
    clock.now = datetime.now(UTC).timestamp()
    files = SharedFile(tmp_path, clock), SharedFile(tmp_path, clock)
    yield files
    for file in files:
        file.close()


def rooms_of(files: Two) -> tuple[SharedRooms, SharedRooms]:
    first, second = (SharedRooms(file, SharedTries(file, "rooms")) for file in files)
    return first, second


def test_a_room_opened_on_one_replica_is_entered_on_the_other(two: Two) -> None:
    projector, phone = rooms_of(two)
    room = projector.open()
    seen = projector.revision(room.code)
    assert phone.enter(room.code.lower(), "guest") == room.code
    phone.share(room.code, "guest", CILEGON)
    assert projector.revision(room.code) != seen and projector.guests(room.code) == (CILEGON,)
    # The phone's own replica knows its guest again, so that the own figures are not shown twice.
    assert phone.guests(room.code)[0] is CILEGON
    phone.share(room.code, "guest", replace(CILEGON, kub=46))
    assert [guest.row(1, Filters())["kub"] for guest in projector.guests(room.code)] == [46]
    assert phone.end(room.code, room.key)
    with pytest.raises(NoRoom):
        projector.guests(room.code)
    assert projector._opened == phone._opened == {}


def test_what_a_guest_withdraws_leaves_every_process_and_the_file(two: Two, tmp_path: Path) -> None:
    projector, phone = rooms_of(two)
    code = projector.open().code
    phone.share(code, "guest", replace(KENDAL, regency="Kabupaten Rahasia"))
    projector.guests(code)

    def stored() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert b"Rahasia" in stored()
    phone.withdraw(code, "guest")
    projector.tidy_memory()
    assert b"Rahasia" not in stored() and projector._opened == {}


def test_a_room_that_nobody_asks_for_leaves_the_file_too(
    two: Two, clock: Clock, tmp_path: Path
) -> None:
    projector, _ = rooms_of(two)
    projector.share(projector.open().code, "guest", replace(KENDAL, regency="Kabupaten Rahasia"))
    clock.now += HOURS * 3600
    two[1].sweep()
    assert not any(b"Rahasia" in path.read_bytes() for path in tmp_path.iterdir())


def test_the_file_is_its_users_alone_and_holds_no_secret(two: Two, tmp_path: Path) -> None:
    opened, logins = rooms_of(two)[0], SharedLogins(two[0])
    room, token = opened.open(), logins.enter()
    ticket, cookie = logins.ticket(token), logins.redeem(logins.ticket(token))
    opened.share(room.code, "secret of a sender", CILEGON)
    opened.tries.missed("secret of a session", "192.168.1.66")
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for secret in (room.key, token, ticket, cookie, "secret of", "192.168.1.66"):
        assert secret.encode() not in stored
    assert len(list(tmp_path.iterdir())) == 3
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_the_host_of_one_replica_is_the_host_of_all(two: Two) -> None:
    first, second = (SharedLogins(file) for file in two)
    session = first.enter()
    cookie = second.redeem(first.ticket(session))
    assert second.holds(session) and first.holds(cookie)
    first.leave(cookie)
    assert not second.holds(session)


def test_the_speakers_replica_moves_the_first_screens(two: Two) -> None:
    screen, speaker = (SharedStage(file) for file in two)
    before = screen.go("visit", 1)
    speaker.go("visit", 2)
    now = screen.at("visit")
    assert now and now.step == 2 and now.revision != before.revision
    assert now.started == before.started


def test_a_guesser_has_no_more_tries_with_more_replicas(two: Two, clock: Clock) -> None:
    doors = [SharedTries(file, "host", clock.sleep) for file in two]
    for number in range(FREE + 1):
        doors[number % 2].missed("guesser", "")
    assert doors[0].wait("guesser") == doors[1].wait("guesser") == 2
    for number in range(FREE_OF_ADDRESS):
        doors[number % 2].missed(str(number), "192.168.1.66")
    before = clock.now
    for door in doors:
        door.pause("192.168.1.66")
    assert clock.now == before + PACE_S
    # The doors are several: who mistypes a guest's code is not slowed down as a host.
    assert SharedTries(two[0], "rooms").wait("guesser") == 0


def test_a_workbook_gives_the_same_figures_elsewhere_and_leaves_its_names() -> None:
    path = min(SAMPLES.glob("*.xlsx"), key=lambda path: path.stat().st_size)
    guest = read_workbook(Upload("own.xlsx", path.read_bytes()), TODAY)
    assert isinstance(guest, GuestFile)
    content = pack(guest)
    again = unpack(content)
    assert isinstance(again, GuestFile) and again.closed == guest.closed
    for filters in (Filters(), Filters(sectors=("makanan",), until=2020)):
        assert again.row(1, filters) == guest.row(1, filters)
    kub = guest.programme.tables["kub"]
    assert kub.num_rows and not any(name.encode() in content for name in kub["name"].to_pylist())
    assert set(again.programme.tables["kub"]["name"].to_pylist()) == {""}
    assert set(NAMES) <= set(kub.column_names)


def test_without_the_variable_one_process_keeps_all_to_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)

    async def serve() -> list[object]:
        async with replicas.sharing():
            return [rooms.ROOMS, state.STAGE, host.TRIES]

    assert [type(store) for store in asyncio.run(serve())] == [RoomStore, StageStore, Tries]


def test_with_the_variable_the_stores_are_shared_while_it_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "shared"))
    monkeypatch.setattr(replicas, "SWEEP_S", 0.01)
    before = [rooms.ROOMS, state.STAGE, host.LOGINS, host.TRIES]

    async def serve() -> list[object]:
        async with replicas.sharing():
            code = rooms.ROOMS.open().code
            rooms.ROOMS.share(code, "guest", CILEGON)
            with SharedFile(tmp_path / "shared").changing() as con:
                con.execute("UPDATE guest SET ends = 0")
            while rooms.ROOMS._opened:  # type: ignore[attr-defined]
                await asyncio.sleep(0.01)
            return [rooms.ROOMS, state.STAGE, host.LOGINS, host.TRIES]

    kinds = [type(store) for store in asyncio.run(serve())]
    assert kinds == [SharedRooms, SharedStage, SharedLogins, SharedTries]
    assert before == [rooms.ROOMS, state.STAGE, host.LOGINS, host.TRIES]
    assert (tmp_path / "shared").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_used_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file"))

    async def serve() -> None:
        async with replicas.sharing():
            raise AssertionError

    with caplog.at_level(logging.CRITICAL, "kub"), pytest.raises(OSError):
        asyncio.run(serve())
    assert VARIABLE in caplog.text
