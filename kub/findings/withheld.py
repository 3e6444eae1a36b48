"""Figures about people that readers do not see: what is written and
drawn instead (queries/model/access.sql).
"""

from dataclasses import replace
from typing import Any

import pandas as pd

from kub.findings.options import GrowthOptions, Options
from kub.words import Words
from queries.filters import Measure

# These draw members as parts of a whole or as a course, which a missing part would bend: they show
# KUB instead.
_WHOLE = frozenset(
    {"sectors", "sector_years", "village_sectors", "activities", "district_growth", "growth"}
)


def written(words: Words, value: Any, spec: str = "n") -> str:
    """A number of people, or that it is withheld. For places where nothing else can be missing."""
    if pd.isna(value):
        return words("withheld.value")
    return words.write(value, spec)


def instead(
    frame: pd.DataFrame, chart: str, measure: Measure, options: Options, words: Words
) -> tuple[pd.DataFrame, Measure, Options, str]:
    """Rows, measure and options for chart and sentences, and a note for the subtitle.

    Without missing members they are as asked, and the note is "". Years of a course are left out
    where members are withheld in some of them but known in the last; else KUB are shown for
    members.
    """
    both = isinstance(options, GrowthOptions) and options.both
    indexed = isinstance(options, GrowthOptions) and options.scale == "indexed"
    people = measure == "members" or both or indexed
    if chart not in _WHOLE or not people or not frame["members"].isna().any():
        return frame, measure, options, ""
    known = frame[frame["members"].notna()]
    if chart == "growth" and pd.notna(frame["members"].iloc[-1]) and len(known) > 1 and not both:
        return known, measure, options, words("withheld.years")
    if isinstance(options, GrowthOptions):
        options = replace(options, both=False, scale="absolute")
    return frame, "kub", options, words("withheld.instead")
