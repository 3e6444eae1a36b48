"""What a page costs, in counts and never in times: messages and bytes of a change, elements that
Streamlit has to keep.
"""

import pytest

from kub import words
from tests.browser.screen import (
    BYTES,
    drawn,
    figures,
    listened,
    pick_village,
    wait_for_other_figures,
)
from tests.browser.visitor import Visitor, settle
from tests.support.thinned import thinned

ID = words.of("id")
MESSAGES = 40
ELEMENTS = 20
# The page with the most charts first; the others are like it.
WATCHED = thinned(["/", "/villages", "/growth", "/sectors", "/economy"], 5)


@pytest.mark.parametrize("path", WATCHED)
def test_a_village_chosen_costs_few_messages_and_bytes(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    before = figures(page)
    assert page.locator("[data-testid=stElementContainer]").count() <= ELEMENTS
    messages, answers = listened(page)
    pick_village(page, "id", "Sembojo")
    wait_for_other_figures(page, before)
    drawn(page)
    settle(page)
    assert 0 < len(messages) <= MESSAGES and answers
    assert sum(messages) + sum(answers) <= BYTES
