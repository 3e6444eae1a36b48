"""Where presented visits stand, and answers made ahead."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kub.presenting.prefetch import Prefetch
from kub.presenting.shared_stage import SharedStage
from kub.presenting.state import HOURS, MOST_ON_STAGE, Stage, StageStore
from kub.shared import SharedFile
from tests.support.clock import Clock


@pytest.fixture(params=["of one process", "of replicas"])
def store(request: pytest.FixtureRequest, clock: Clock, tmp_path: Path) -> Iterator[Stage]:
    if request.param == "of one process":
        yield StageStore(clock)
        return
    file = SharedFile(tmp_path, clock)
    yield SharedStage(file)
    file.close()


def test_each_move_has_another_revision_and_the_first_starts_the_timer(
    store: Stage, clock: Clock
) -> None:
    assert store.at("a") is None and store.elapsed("a") == 0
    first = store.go("a", 1)
    clock.now += 90
    second = store.go("a", 4)
    assert (second.step, second.started, second.changed) == (4, first.started, first.started + 90)
    assert second.revision != first.revision and store.at("a") == second
    assert store.elapsed("a") == 90


def test_visits_do_not_move_each_other(store: Stage) -> None:
    store.go("a", 2)
    store.go("b", 7)
    assert [at.step for name in "ab" if (at := store.at(name))] == [2, 7]


def test_the_timer_begins_anew_and_the_step_stays(store: Stage, clock: Clock) -> None:
    before = store.go("a", 3)
    clock.now += 60
    store.restart("a")
    store.restart("nobody")
    after = store.at("a")
    assert (
        after and after.step == 3 and after.revision != before.revision and store.elapsed("a") == 0
    )
    assert store.at("nobody") is None


def test_what_stood_still_for_long_is_forgotten(store: Stage, clock: Clock) -> None:
    store.go("a", 2)
    clock.now += HOURS * 3600 - 1
    assert store.at("a")
    clock.now += 1
    assert store.at("a") is None


def test_it_holds_so_many_visits_and_drops_the_one_longest_unmoved(store: Stage) -> None:
    for number in range(MOST_ON_STAGE):
        store.go(str(number), 1)
    store.go("0", 2)
    store.go("new", 1)
    assert store.at("0") and store.at("new") and store.at("1") is None


def test_a_value_is_made_once() -> None:
    made: list[int] = []
    ahead = Prefetch()
    assert [ahead.get("a", lambda: made.append(1) or 5) for _ in range(2)] == [5, 5]
    assert made == [1]


def test_what_was_prepared_is_not_made_again() -> None:
    ahead, ready = Prefetch(), threading.Event()

    def make() -> str:
        ready.wait(5)
        return "prepared"

    ahead.prepare("a", make)
    ahead.prepare("a", lambda: "twice")
    while not ahead._made["a"].running():
        pass
    threading.Timer(0.05, ready.set).start()
    assert ahead.get("a", lambda: "anew") == "prepared"


def test_what_waits_behind_another_is_made_by_who_needs_it() -> None:
    ahead, ready = Prefetch(), threading.Event()
    ahead.prepare("slow", lambda: ready.wait(5))
    ahead.prepare("b", lambda: "later")
    assert ahead.get("b", lambda: "now") == "now"
    ready.set()


def test_a_failure_is_raised_and_not_kept() -> None:
    ahead = Prefetch()

    def fail() -> int:
        raise KeyError("no")

    with pytest.raises(KeyError):
        ahead.get("a", fail)
    assert ahead.get("a", lambda: 3) == 3


def test_what_is_stale_is_forgotten() -> None:
    ahead = Prefetch()
    assert ahead.get(("a", 1), lambda: "one") == ahead.get(("a", 1), lambda: "again") == "one"
    ahead.get(("b", 1), lambda: "kept")
    ahead.forget(lambda key: key[0] == "a")
    assert (
        ahead.get(("a", 1), lambda: "new") == "new"
        and ahead.get(("b", 1), lambda: "other") == "kept"
    )


def test_the_one_used_longest_ago_leaves_first() -> None:
    ahead = Prefetch(2)
    for key in ("a", "b", "a", "c"):
        ahead.get(key, lambda key=key: key)
    assert list(ahead._made) == ["a", "c"]
