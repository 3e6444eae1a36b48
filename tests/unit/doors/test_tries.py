"""Guessing is slowed down, and nobody is locked out by others."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kub.doors import logins, tries
from kub.doors.logins import HOURS, TICKET_S, Logins, LoginStore
from kub.doors.shared_logins import SharedLogins
from kub.doors.shared_tries import SharedTries
from kub.doors.tries import (
    FREE,
    FREE_OF_ADDRESS,
    LONGEST_QUEUE_S,
    LONGEST_S,
    PACE_S,
    WINDOW_S,
    Tries,
    TryCounter,
)
from kub.shared import SharedFile
from tests.support.clock import Clock

KINDS = ["of one process", "of replicas"]
Door = Callable[[Callable[[float], None]], TryCounter]


@pytest.fixture
def file(clock: Clock, tmp_path: Path) -> Iterator[SharedFile]:
    file = SharedFile(tmp_path, clock)
    yield file
    file.close()


@pytest.fixture(params=KINDS)
def opened(request: pytest.FixtureRequest, clock: Clock, file: SharedFile) -> Door:
    if request.param == KINDS[0]:
        return lambda sleep: Tries(clock, sleep)
    return lambda sleep: SharedTries(file, "test", sleep)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, clock: Clock, file: SharedFile) -> LoginStore:
    return Logins(clock) if request.param == KINDS[0] else SharedLogins(file)


def test_a_session_waits_twice_as_long_each_time_and_never_longer_than_a_minute(
    opened: Door, clock: Clock
) -> None:
    door, waits = opened(clock.sleep), []
    for _ in range(FREE + 8):
        door.missed("guesser", "")
        waits.append(door.wait("guesser"))
    assert waits[:FREE] == [0] * FREE and waits[FREE:] == [
        2,
        4,
        8,
        16,
        32,
        LONGEST_S,
        LONGEST_S,
        LONGEST_S,
    ]
    assert door.wait("another") == 0
    door.right("guesser")
    assert door.wait("guesser") == 0


def test_misses_are_forgotten(opened: Door, clock: Clock) -> None:
    door = opened(clock.sleep)
    for number in range(FREE_OF_ADDRESS):
        door.missed(str(number), "192.168.1.66")
    clock.now += WINDOW_S
    door.pause("192.168.1.66")
    door.pause("192.168.1.66")
    assert clock.now == 1000 + WINDOW_S


def test_tries_from_an_address_that_guessed_follow_each_other(opened: Door) -> None:
    slept: list[float] = []
    door = opened(slept.append)  # nobody's waiting moves the clock: all come at once
    for number in range(FREE_OF_ADDRESS):
        door.pause("192.168.1.66")
        door.missed(str(number), "192.168.1.66")
    for _ in range(50):
        door.pause("192.168.1.66")
    assert slept[:3] == [PACE_S, 2 * PACE_S, 3 * PACE_S] and max(slept) == LONGEST_QUEUE_S
    before = len(slept)
    for address in ("192.168.1.20", ""):
        door.pause(address)
    assert len(slept) == before


def test_what_is_remembered_is_bounded(
    opened: Door, file: SharedFile, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "MOST_REMEMBERED", 10)
    door = opened(clock.sleep)
    for number in range(50):
        door.missed(f"session {number}", f"10.0.0.{number}")
        door.missed("session 0", "")
    assert door.wait("session 0") and not door.wait("session 1")
    if isinstance(door, Tries):
        assert len(door._sessions) == len(door._addresses) == 10 and "session 49" in door._sessions
    else:
        counts = file.rows("SELECT count(*) FROM missed GROUP BY door")
        assert counts == [(10,), (10,)]


def test_a_ticket_is_good_once_and_for_a_minute(store: LoginStore, clock: Clock) -> None:
    token = store.enter()
    ticket = store.ticket(token)
    assert store.redeem("x") == store.redeem("") == store.redeem("ü") == store.redeem(token) == ""
    assert store.holds(store.redeem(ticket))
    assert store.redeem(ticket) == "" and store.ticket(token) == ""
    late = store.ticket(store.enter())
    clock.now += TICKET_S
    assert store.redeem(late) == "" and store.holds(token)


@pytest.mark.parametrize("leaves", ["session", "cookie"])
def test_session_and_cookie_are_of_one_login(store: LoginStore, leaves: str) -> None:
    session = store.enter()
    cookie = store.redeem(store.ticket(session))
    store.leave(session if leaves == "session" else cookie)
    assert not store.holds(session) and not store.holds(cookie)


def test_a_login_ends_when_left_and_after_its_hours(store: LoginStore, clock: Clock) -> None:
    first, second = store.enter(), store.enter()
    assert first != second and len(first) > 40 and store.holds(first) and not store.holds("")
    store.leave(first)
    store.leave("never there")
    assert not store.holds(first) and store.holds(second)
    clock.now += HOURS * 3600
    assert not store.holds(second) and store.ticket(second) == ""


def test_logins_are_bounded_and_many_threads_lose_none(
    store: LoginStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logins, "MOST_LOGINS", 30)
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda _: store.enter(), range(30)))
    assert all(store.holds(token) for token in tokens)
    store.enter()
    assert sum(store.holds(token) for token in tokens) == 29
