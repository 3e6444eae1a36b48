"""The store of visits: codes, keys, what is forgotten when, limits, and many threads at once."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kub.doors.tries import FREE, PACE_S, Tries
from kub.guests import Guest
from kub.guests import rooms as shared
from kub.guests.rooms import (
    ALPHABET,
    HOURS,
    LENGTH,
    MOST_ROOMS,
    MOST_SENDERS,
    Full,
    NoRoom,
    Rooms,
    RoomStore,
    TooManyRooms,
    Wait,
)
from kub.guests.shared_rooms import SharedRooms
from kub.shared import SharedFile
from queries.filters import Filters
from tests.support.clock import Clock
from tests.support.guests import CILEGON, KENDAL

WRONG = "AAAAA"


@pytest.fixture(params=["of one process", "of replicas"])
def store(
    request: pytest.FixtureRequest, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Rooms]:
    # WRONG is never drawn here.
    monkeypatch.setattr(shared, "ALPHABET", ALPHABET.replace("A", ""))
    tries = Tries(clock, clock.sleep)
    if request.param == "of one process":
        yield RoomStore(clock, tries)
        return
    clock.now = datetime.now(UTC).timestamp()
    file = SharedFile(tmp_path, clock)
    yield SharedRooms(file, tries)
    file.close()


def test_codes_are_short_readable_and_never_in_use_twice(store: Rooms) -> None:
    visits = [store.open() for _ in range(MOST_ROOMS)]
    assert (
        len({visit.code for visit in visits}) == len({visit.key for visit in visits}) == MOST_ROOMS
    )
    assert all(len(visit.code) == LENGTH for visit in visits)
    assert not set("".join(visit.code for visit in visits)) & set("0O1IL5S8B2Z")
    with pytest.raises(TooManyRooms):
        store.open()


def test_a_code_drawn_again_is_not_used(store: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["CCCCC", "CCCCC", "DDDDD"])
    monkeypatch.setattr(shared, "draw", lambda: next(drawn))
    assert [store.open().code, store.open().code] == ["CCCCC", "DDDDD"]


def test_guests_come_in_order_and_replace_their_own(store: Rooms) -> None:
    code = store.open().code
    store.share(code, "one", CILEGON)
    store.share(code, "two", KENDAL)
    changed = replace(CILEGON, kub=46)
    store.share(code, "one", changed)
    assert store.guests(code) == (changed, KENDAL)
    store.withdraw(code, "one")
    assert store.guests(code) == (KENDAL,)


def test_codes_are_read_as_people_type_them(store: Rooms) -> None:
    code = store.open().code
    typed = f" {code[:2].lower()}-{code[2:]} "
    assert store.enter(typed, "me") == code
    store.share(typed, "me", CILEGON)
    assert store.guests(typed) == store.guests(code) == (CILEGON,)
    assert store.until(typed) == store.until(code)


def test_each_change_has_its_revision_and_nothing_else_has(store: Rooms) -> None:
    visit, other = store.open(), store.open()
    beside, seen = store.revision(other.code), [store.revision(visit.code)]
    for change in (
        lambda: store.share(visit.code, "one", CILEGON),
        lambda: store.share(visit.code, "one", KENDAL),
        lambda: store.withdraw(visit.code, "one"),
        lambda: store.end(visit.code, visit.key),
    ):
        change()
        seen.append(store.revision(visit.code))
    assert len(set(seen)) == 5 and seen[-1] == 0
    store.withdraw(other.code, "nobody")
    store.withdraw(visit.code, "one")
    assert store.revision(other.code) == beside


def test_only_the_key_ends_a_visit(store: Rooms) -> None:
    visit, other = store.open(), store.open()
    store.share(visit.code, "one", CILEGON)
    assert not store.end(visit.code, other.key) and store.guests(visit.code)
    assert store.end(visit.code, visit.key)
    assert not store.end(visit.code, visit.key)
    with pytest.raises(NoRoom):
        store.guests(visit.code)
    with pytest.raises(NoRoom):
        store.share(visit.code, "one", CILEGON)
    with pytest.raises(NoRoom):
        store.until(visit.code)


def test_everything_is_gone_after_eight_hours(store: Rooms, clock: Clock) -> None:
    code = store.open().code
    left = store.until(code) - datetime.now(UTC)
    assert timedelta(hours=7, minutes=59) < left <= timedelta(hours=HOURS)
    store.share(code, "one", CILEGON)
    clock.now += HOURS * 3600 - 1
    assert store.guests(code) == (CILEGON,)
    clock.now += 1
    assert store.revision(code) == 0
    with pytest.raises(NoRoom):
        store.guests(code)
    # Not only hidden: nothing refers to the figures any more.
    if isinstance(store, RoomStore):
        assert not store._rooms
    if isinstance(store, SharedRooms):
        store._file.sweep()
        assert not store._opened and store._file.rows("SELECT * FROM guest") == []


def test_a_screen_holds_so_many_senders_and_those_may_still_change(store: Rooms) -> None:
    code = store.open().code
    for number in range(MOST_SENDERS):
        store.share(code, f"sender {number}", CILEGON)
    with pytest.raises(Full):
        store.share(code, "one more", CILEGON)
    store.share(code, "sender 0", KENDAL)
    store.withdraw(code, "sender 1")
    store.share(code, "one more", CILEGON)
    assert len(store.guests(code)) == MOST_SENDERS


def test_who_guesses_has_to_wait_and_others_have_not(store: Rooms, clock: Clock) -> None:
    code = store.open().code
    for _ in range(FREE + 1):
        with pytest.raises(NoRoom):
            store.enter(WRONG, "guesser")
    with pytest.raises(Wait) as refused:
        store.enter(code, "guesser")
    assert refused.value.seconds == 2
    assert store.enter(code, "guest") == code
    clock.now += refused.value.seconds
    assert store.enter(code, "guesser") == code


def test_guesses_in_ever_new_sessions_shut_nobody_out(store: Rooms, clock: Clock) -> None:
    code = store.open().code
    for number in range(200):
        with pytest.raises(NoRoom):
            store.enter(WRONG, f"session {number}", "192.168.1.66")
    before = clock.now
    assert store.enter(code, "guest elsewhere", "192.168.1.20") == code
    assert clock.now == before
    assert store.enter(code, "guest behind the same address", "192.168.1.66") == code
    assert before < clock.now <= before + PACE_S


def test_many_threads_lose_nothing(store: Rooms) -> None:
    code = store.open().code

    def visit(number: int) -> int:
        for kub in range(50):
            store.share(code, str(number), replace(CILEGON, kub=kub))
            assert store.guests(code)
        return store.revision(code)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(visit, range(MOST_SENDERS)))
    assert [guest.kub for guest in store.guests(code) if isinstance(guest, Guest)] == [
        49
    ] * MOST_SENDERS
    assert store.revision(code) == 1 + MOST_SENDERS * 50


def names(own: Guest | None, *others: Guest) -> list[str]:
    return [row["regency"] for row in shared.rows(own, others, Filters())]


def test_own_figures_come_first_and_once() -> None:
    again = replace(CILEGON)
    assert names(None, KENDAL, CILEGON) == ["Kabupaten Kendal", "Kota Cilegon"]
    assert names(CILEGON, KENDAL, CILEGON) == ["Kota Cilegon", "Kabupaten Kendal"]
    assert names(CILEGON, KENDAL) == ["Kota Cilegon", "Kabupaten Kendal"]
    # The second of a regency is called the second wherever it is shown.
    assert names(None, CILEGON, again) == ["Kota Cilegon", "Kota Cilegon (2)"]
    assert names(again, CILEGON, again) == ["Kota Cilegon (2)", "Kota Cilegon"]
    assert names(again, CILEGON) == ["Kota Cilegon (2)", "Kota Cilegon"]
    assert names(None) == []


def test_rows_are_numbered_apart_and_written_as_json() -> None:
    rows = json.loads(shared.figures(shared.rows(CILEGON, [KENDAL], Filters())))
    assert {row["programme"] for row in rows} == {"guest-1", "guest-2"}
    assert rows[0]["as_of"] == "2025-12-31"
