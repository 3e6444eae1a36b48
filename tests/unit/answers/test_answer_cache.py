"""Answers about a whole programme are made once, whatever is filtered; others each time."""

from pathlib import Path

import pytest

from kub import words
from kub.answers import answer_cache
from kub.answers.answer import answer
from kub.answers.answer_cache import kept_answer
from kub.store.data import Data
from kub.store.database import current
from queries.filters import Filters

ID = words.of("id")


@pytest.fixture
def data(sample_folder: Path) -> Data:
    return Data.open(current(sample_folder))


def test_an_answer_about_the_whole_programme_is_made_once(data: Data) -> None:
    first = kept_answer(data, "reconcile", Filters(), ID)
    # A filter that it does not heed.
    district = next(iter(data.districts[data.default.programme_id]))
    assert kept_answer(data, "reconcile", Filters(districts=(district,)), ID) is first
    assert kept_answer(data, "reconcile", Filters(until=2019), ID) is not first
    assert kept_answer(data, "reconcile", Filters(), words.of("en")) is not first
    assert kept_answer(data.seen_by("analyst"), "reconcile", Filters(), ID) is not first
    assert first.finding == answer(data, "reconcile", Filters(), ID).finding


def test_answers_about_a_part_and_maps_are_made_each_time(data: Data) -> None:
    crafts = Filters(sectors=("kerajinan",))
    for chart, filters in (("growth", crafts), ("villages", Filters())):
        assert kept_answer(data, chart, filters, ID) is not kept_answer(data, chart, filters, ID)


def test_few_answers_are_kept(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_cache, "MOST_ANSWERS", 2)
    first, second, _ = (
        kept_answer(data, "reconcile", Filters(until=year), ID) for year in (2018, 2019, 2020)
    )
    assert kept_answer(data, "reconcile", Filters(until=2019), ID) is second
    assert kept_answer(data, "reconcile", Filters(until=2018), ID) is not first
