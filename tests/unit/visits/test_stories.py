"""Stories to start from: longer ones tell more between the same ends, and each step can be told."""

import pytest

from kub import words
from kub.answers.step import tell
from kub.store.data import Data
from kub.store.database import current
from kub.visits.stories import MINUTES, story
from kub.words import LANGUAGES

pytestmark = pytest.mark.usefixtures("sample_data")
PARTS = {"microfinance", "libraries", "school_visits", "awards", "study_visits", "targets"}
ID = words.of("id")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_of_every_story_is_told_with_a_note(lang: str) -> None:
    data, say = Data.open(current()), words.of(lang)
    for step in story(MINUTES[-1], data.default.programme_id, PARTS, say):
        assert tell(data, step, say).title and step.note and not step.title
        assert not list(data.unknown(step.filters))


def test_longer_stories_hold_the_shorter_ones_in_the_same_order() -> None:
    short, middle, long = (story(minutes, "X", PARTS, ID) for minutes in MINUTES)
    assert [step for step in middle if step in short] == list(short)
    assert [step for step in long if step in middle] == list(middle)
    assert len(short) < len(middle) < len(long)


def test_what_the_programme_has_not_is_not_told() -> None:
    told = {step.question for step in story(30, "X", {"awards"}, ID)}
    assert "awards" in told and not told & {
        "microfinance",
        "library_years",
        "school_visits",
        "study_visits",
        "targets",
    }


def test_notes_are_in_the_language_of_the_visit() -> None:
    notes = [[step.note for step in story(5, "X", set(), words.of(lang))] for lang in LANGUAGES]
    assert all(ours != theirs for ours, theirs in zip(*notes, strict=True))


def test_other_lengths_are_an_error() -> None:
    with pytest.raises(KeyError):
        story(10, "X", set(), ID)
