"""What tests of sentences stand on."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kub.answers import answer as answers
from kub.answers.catalog import CATALOG


@pytest.fixture(scope="module")
def undrawn() -> Iterator[None]:
    """Pictures cost nine tenths of the time, and say nothing here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            answers, "CATALOG", {chart: replace(spec, draw=None) for chart, spec in CATALOG.items()}
        )
        yield
