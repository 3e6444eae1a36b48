"""Guessing is slowed down, and nobody is locked out by others."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kub.doors import logins, tries
from kub.doors.logins import HOURS, TICKET_S, Logins
from kub.doors.tries import (
    FREE,
    FREE_OF_ADDRESS,
    LONGEST_QUEUE_S,
    LONGEST_S,
    PACE_S,
    WINDOW_S,
    Tries,
)
from tests.support.clock import Clock


def test_a_session_waits_twice_as_long_each_time_and_never_longer_than_a_minute(
    clock: Clock,
) -> None:
    door, waits = Tries(clock, clock.sleep), []
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


def test_misses_are_forgotten(clock: Clock) -> None:
    door = Tries(clock, clock.sleep)
    for number in range(FREE_OF_ADDRESS):
        door.missed(str(number), "192.168.1.66")
    clock.now += WINDOW_S
    door.pause("192.168.1.66")
    door.pause("192.168.1.66")
    assert clock.now == 1000 + WINDOW_S


def test_tries_from_an_address_that_guessed_follow_each_other(clock: Clock) -> None:
    slept: list[float] = []
    door = Tries(clock, slept.append)  # nobody's waiting moves the clock: all come at once
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


def test_what_is_remembered_is_bounded(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "MOST_REMEMBERED", 10)
    door = Tries(clock, clock.sleep)
    for number in range(50):
        door.missed(f"session {number}", f"10.0.0.{number}")
    assert len(door._sessions) == len(door._addresses) == 10 and "session 49" in door._sessions


def test_a_ticket_is_good_once_and_for_a_minute(clock: Clock) -> None:
    store = Logins(clock)
    token = store.enter()
    ticket = store.ticket(token)
    assert store.redeem("x") == store.redeem("") == store.redeem("ü") == store.redeem(token) == ""
    assert (
        store.redeem(ticket) == token and store.redeem(ticket) == "" and store.ticket(token) == ""
    )
    late = store.ticket(store.enter())
    clock.now += TICKET_S
    assert store.redeem(late) == "" and store.holds(token)


def test_a_login_ends_when_left_and_after_its_hours(clock: Clock) -> None:
    store = Logins(clock)
    first, second = store.enter(), store.enter()
    assert first != second and len(first) > 40 and store.holds(first) and not store.holds("")
    store.leave(first)
    store.leave("never there")
    assert not store.holds(first) and store.holds(second)
    clock.now += HOURS * 3600
    assert not store.holds(second) and store.ticket(second) == ""


def test_logins_are_bounded_and_many_threads_lose_none(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logins, "MOST_LOGINS", 30)
    store = Logins(clock)
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda _: store.enter(), range(30)))
    assert all(store.holds(token) for token in tokens)
    store.enter()
    assert sum(store.holds(token) for token in tokens) == 29
