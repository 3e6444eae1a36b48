"""What the editor of a visit shows of a step: large numbers whole, and
not as a row of a table cut at the edge.
"""

from pathlib import Path

import pytest

from kub import words
from kub.answers.step import Step
from tests.pages.test_benchmark import html
from tests.pages.test_growth import visit as opened
from tests.pages.test_present import folder as folder
from tests.pages.test_present import make

ID = words.of("id")


@pytest.mark.parametrize("step", [Step("headline"), Step("gaps")])
def test_a_headline_is_seen_as_its_numbers(folder: Path, step: Step) -> None:
    app = opened("visits", visit=make(folder, step).visit_id)
    assert not app.exception
    assert ('class="kub-strip"' in html(app)) == (step.question == "headline")
    assert len(app.dataframe) == (step.question != "headline")
    if step.question == "headline":
        assert html(app).count("<dt>") == 6 and ID.number(2975) in html(app)
