"""What the editor of a visit shows of a step: large numbers whole, and
not as a row of a table cut at the edge.
"""

from pathlib import Path

import pytest

from kub import words
from kub.answers.step import Step
from tests.support.blocks import blocks
from tests.support.pages import open_page
from tests.support.visits import store_visit

pytestmark = pytest.mark.usefixtures("folder")

ID = words.of("id")


@pytest.mark.parametrize("step", [Step("headline"), Step("gaps")])
def test_a_headline_is_seen_as_its_numbers(folder: Path, step: Step) -> None:
    app = open_page("visits", visit=store_visit(folder, step).visit_id)
    headline = step.question == "headline"
    [card] = blocks(app, "card")
    assert ("numbers" in card, "table" in card) == (headline, not headline)
    if headline:
        values = [number["value"] for number in card["numbers"]["items"]]
        assert len(values) == 6 and ID.number(2975) in values
