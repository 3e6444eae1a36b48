"""Answers are asked once for a version, whoever asks; guests' figures are kept by nobody."""

from datetime import date
from pathlib import Path
from threading import Event, Timer
from time import sleep

import pandas as pd
import pytest

import queries
from kub.guests import Guest, figures
from kub.store import frame_cache
from kub.store.data import Data
from kub.store.database import current
from kub.store.frame_cache import FrameCache
from queries.filters import Filters

CILEGON = Guest("36.72", "Kota Cilegon", 480_378, 2024, 43, date(2025, 12, 31), 45, 600, 20)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that reach the database."""
    found: list[str] = []
    ask = queries.ask_on

    def counted(con: object, question: str, *rest: object) -> pd.DataFrame:
        found.append(question)
        return ask(con, question, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(queries, "ask_on", counted)
    return found


def test_a_question_is_asked_once_under_each_filter_and_role(
    sample_folder: Path, asked: list[str]
) -> None:
    data = Data.open(current(sample_folder))
    for filters in (Filters(), Filters(), Filters("BPI-BATANG"), Filters(until=2020)):
        data.ask("headline", filters)
    assert asked == ["headline", "headline"]
    data.seen_by("analyst").ask("headline", Filters())
    assert len(asked) == 3
    Data.open(current(sample_folder)).ask("headline", Filters())  # another opening keeps its own
    assert len(asked) == 4


def test_guests_figures_are_kept_by_nobody(sample_folder: Path, asked: list[str]) -> None:
    data = Data.open(current(sample_folder))
    guests = figures([CILEGON], Filters())
    for _ in range(2):
        assert data.ask("rates", Filters(), guests)["declared"].any()
    assert len(asked) == 2
    assert not data.ask("rates", Filters())["declared"].any()


def test_who_changes_an_answer_changes_nobody_elses() -> None:
    answers = FrameCache()
    mine = answers.get("key", lambda: pd.DataFrame({"kub": [1, 2]}))
    mine.loc[0, "kub"] = 99
    mine["more"] = 0
    again = answers.get("key", lambda: pytest.fail("asked again"))
    assert again.to_dict("list") == {"kub": [1, 2]}


def test_the_oldest_goes_and_what_is_long_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame_cache, "MOST_ANSWERS", 2)
    monkeypatch.setattr(frame_cache, "MOST_ROWS", 3)
    answers, count = FrameCache(), [0]

    def ask(rows: int) -> pd.DataFrame:
        count[0] += 1
        return pd.DataFrame({"n": range(rows)})

    for key in ("a", "b", "a", "c", "a", "b"):  # c drives b out, which was used longest ago
        answers.get(key, lambda: ask(1))
    assert count == [4]
    for _ in range(2):
        answers.get("long", lambda: ask(4))
    assert count == [6]


def test_a_filter_that_a_question_does_not_heed_asks_nothing_new(
    sample_folder: Path, asked: list[str]
) -> None:
    data = Data.open(current(sample_folder))
    for filters in (Filters(), Filters(measure="members"), Filters(denominator="target")):
        data.ask("growth", filters)
    assert asked == ["growth"]


def test_what_is_asked_ahead_is_not_asked_again(sample_folder: Path, asked: list[str]) -> None:
    data = Data.open(current(sample_folder))
    for _ in range(2):
        data.ahead("growth", Filters())
    ahead = data.ask("growth", Filters())
    assert asked == ["growth"]
    pd.testing.assert_frame_equal(ahead, Data.open(current(sample_folder)).ask("growth", Filters()))


def test_what_failed_ahead_is_said_to_whoever_asks() -> None:
    answers, begun, go_on = FrameCache(), Event(), Event()

    def fails() -> pd.DataFrame:
        begun.set()
        go_on.wait(10)
        raise ZeroDivisionError

    answers.ahead("key", fails)
    begun.wait(10)
    Timer(0.05, go_on.set).start()
    with pytest.raises(ZeroDivisionError):
        answers.get("key", lambda: pd.DataFrame({"kub": [1]}))
    until_forgotten(answers)
    assert len(answers.get("key", lambda: pd.DataFrame({"kub": [1]}))) == 1


def test_what_waits_for_its_turn_is_asked_by_whoever_needs_it() -> None:
    answers, go_on = FrameCache(), Event()

    def slow() -> pd.DataFrame:
        go_on.wait(10)
        return pd.DataFrame({"kub": [0]})

    for number in range(2):  # as many as are asked ahead at once
        answers.ahead(number, slow)
    answers.ahead("mine", lambda: pd.DataFrame({"kub": [1]}))
    assert answers.get("mine", lambda: pd.DataFrame({"kub": [2]}))["kub"].tolist() == [2]
    go_on.set()


def until_forgotten(answers: FrameCache) -> None:
    """Wait until nothing is being asked any more."""
    for _ in range(1000):
        if not answers._asking:
            return
        sleep(0.01)
    raise AssertionError("still asking")
