"""Stories a visit can start from: which charts in 5, 15 or 30 minutes, in which order, and a note
for the speaker to each.
"""

from collections.abc import Mapping
from dataclasses import replace

from kub.answers.step import Step
from kub.words import Words
from queries.filters import Filters

MINUTES = (5, 15, 30)
# By the shortest story that a step belongs to: longer ones have more between the same ends.
_STEPS: tuple[tuple[int, Step], ...] = (
    (5, Step("headline")),
    (5, Step("growth", "growth", view={"both": True})),
    (15, Step("growth", "growth_flow")),
    (15, Step("targets")),
    (30, Step("survival")),
    (15, Step("revenue")),
    (30, Step("revenue_sectors")),
    (5, Step("sectors")),
    (15, Step("sector_years")),
    (30, Step("village_sectors")),
    (5, Step("villages")),
    (15, Step("coverage")),
    (30, Step("coverage_years")),
    (30, Step("gaps")),
    (15, Step("microfinance")),
    (15, Step("library_years")),
    (30, Step("school_visits")),
    (30, Step("awards")),
    (30, Step("study_visits")),
    (15, Step("benchmark")),
    (5, Step("rates", view={"per": "residents"})),
    (30, Step("programme_years", view={"per": "residents", "axis": "age"})),
    (15, Step("reconcile")),
)
# By question: the part of the records without which its step is left out, for a chart without rows
# would stand before guests.
_PART: Mapping[str, str] = {
    "revenue": "revenue",
    "revenue_sectors": "revenue",
    "microfinance": "microfinance",
    "library_years": "libraries",
    "school_visits": "school_visits",
    "awards": "awards",
    "study_visits": "study_visits",
    "targets": "targets",
}


def story(minutes: int, programme: str, parts: set[str], words: Words) -> tuple[Step, ...]:
    """The steps of a story, each with a note in the language of the visit.

    parts: what the programme has beside KUB (`part` of the question supporting), "targets" where it
    has any, and "revenue" where any is stated. Raises KeyError for other lengths.
    """
    if minutes not in MINUTES:
        raise KeyError(minutes)
    chosen = (
        step
        for least, step in _STEPS
        if least <= minutes and _PART.get(step.question, "") in parts | {""}
    )
    return tuple(
        replace(
            step,
            filters=Filters(programme=programme),
            note=words(f"story.{step.chart or step.question}"),
        )
        for step in chosen
    )
