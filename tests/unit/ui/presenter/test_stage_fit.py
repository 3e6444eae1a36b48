"""What the stage draws of a long chart, and what it says of the
rest: together they are the whole answer.
"""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from kub import words
from kub.answers.answer import Answer
from kub.answers.catalog import CATALOG, TELLABLE
from kub.answers.sizes import MOST_ON_STAGE
from kub.answers.step import Step, tell
from kub.store.data import Data
from kub.store.database import current
from kub.ui.presenter.stage_fit import left_out, shortened, stage_size

ID = words.of("id")
LONG = ("awards", "libraries", "study_regencies", "microfinance", "programme_sectors")


@pytest.fixture(scope="module")
def data(sample_folder: Any) -> Data:
    return Data.open(current(sample_folder))


def told(data: Data, chart: str) -> Answer:
    return tell(data, shortened(Step(chart)), ID)


def drawn(answer: Answer) -> int:
    """Rows: what a pointer finds in each, or bars."""
    assert answer.figure is not None
    rows = {place for trace in answer.figure["data"] for place in trace.get("y", [])}
    return len({round(place) for place in rows})


@pytest.mark.parametrize("chart", LONG)
def test_what_is_drawn_and_what_is_counted_are_all_rows(
    data: Data, chart: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = CATALOG[chart]
    monkeypatch.setitem(CATALOG, chart, replace(spec, sizes=replace(spec.sizes, rows=2)))  # type: ignore[arg-type]
    whole, short = tell(data, Step(chart), ID), told(data, chart)
    shown = 2
    if chart != "study_regencies":  # whose rows stand between headings
        assert drawn(short) == shown
    rows = short.frame["programme"].nunique() if chart == "programme_sectors" else len(short.frame)
    assert left_out(short) == rows - shown > 0
    assert (short.title, short.takeaway) == (whole.title, whole.takeaway)
    pd.testing.assert_frame_equal(short.frame, whole.frame)


def test_a_chart_that_fits_leaves_nothing_out(data: Data) -> None:
    assert left_out(told(data, "sectors")) == 0 and shortened(Step("sectors")) == Step("sectors")
    awards = told(data, "awards")
    assert left_out(awards) == len(awards.frame) - (CATALOG["awards"].sizes.rows or 0) > 0
    assert left_out(replace(awards, figure=None)) == 0  # a table says by itself what it leaves out


@pytest.mark.parametrize("chart", TELLABLE)
def test_no_drawing_needs_more_than_its_letters_leave(data: Data, chart: str) -> None:
    need = stage_size(tell(data, Step(CATALOG[chart].question, chart), ID))
    assert 0 < need.wide <= MOST_ON_STAGE and need.tall > 100
