"""Rows of a frame as sentences read them."""

from pathlib import Path

import pytest

import queries
from kub.findings.phrases import records
from kub.store.data import Data
from kub.store.database import current
from queries.filters import Filters


@pytest.mark.parametrize("question", ["headline", "growth", "villages", "village_profile", "rates"])
def test_rows_are_as_pandas_writes_them(sample_folder: Path, question: str) -> None:
    assert question in queries.QUESTIONS
    frame = Data.open(current(sample_folder)).ask(question, Filters())
    rows, expected = records(frame), frame.astype(object).to_dict("records")
    # By how they are written: NaN differs from itself, and NA is written as None.
    written = [{name: repr(value) for name, value in row.items()} for row in rows]
    assert written == [
        {name: repr(value).replace("<NA>", "None") for name, value in row.items()}
        for row in expected
    ]
    assert records(frame[:0]) == []
