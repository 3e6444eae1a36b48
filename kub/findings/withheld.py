"""Figures about people that readers do not see: what is told and drawn instead (queries/_access.sql)."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kub.words import Words

# These draw members as parts of a whole or as a course, which a missing part would bend: they show KUB instead.
_WHOLE = frozenset({"sectors", "sector_years", "village_sectors", "activities", "district_growth", "growth"})


def written(words: Words, value: Any, spec: str = "n") -> str:
    """A number of people, or that it is withheld. For places where nothing else can be missing."""
    return words("withheld.value") if pd.isna(value) else words.write(value, spec)


def instead(
    frame: pd.DataFrame, chart: str, view: Mapping[str, Any], words: Words
) -> tuple[pd.DataFrame, dict[str, Any], str]:
    """The rows and the view by which a chart is drawn and told, and a note for its subtitle ("" where all is shown).

    Years of a course are left out where members are withheld in some of them but known in the last; else KUB are
    shown for members.
    """
    people = view.get("measure") == "members" or view.get("both") or view.get("scale") == "indexed"
    if chart not in _WHOLE or not people or not frame["members"].isna().any():
        return frame, dict(view), ""
    known = frame[frame["members"].notna()]
    if chart == "growth" and pd.notna(frame["members"].iloc[-1]) and len(known) > 1 and not view.get("both"):
        return known, dict(view), words("withheld.years")
    calm = {"measure": "kub"} | {k: v for k, v in (("both", False), ("scale", "absolute")) if k in view}
    return frame, {**view, **calm}, words("withheld.instead")
