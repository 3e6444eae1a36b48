"""What the profile of one village says: which KUB it has, and how many members."""

from typing import Any

import pandas as pd

from kub.findings import Finding
from kub.findings.phrases import at, count, plural, records
from kub.findings.reach import noun
from kub.words import Words


def village_kub(frame: pd.DataFrame, words: Words, **_: Any) -> Finding:
    """How many KUB are listed, active and closed; the oldest and the youngest of the active."""
    subtitle = words("village_kub.subtitle")
    if frame.empty:
        return Finding(words("village_kub.none"), subtitle, words("village_kub.takeaway_none"))
    active = frame[frame["active"]]
    places = frame["village_code"].nunique()
    here = frame["village"].iloc[0] if places == 1 else f"{words.number(places)} {noun(frame['village_code'], words)}"
    title = words("village_kub.title", active=count(words, "kub", len(active)), where=here)
    if closed := len(frame) - len(active):
        title += plural(words, "village_kub.closed", closed)
    if active.empty:
        return Finding(title, subtitle, words("village_kub.takeaway_closed"))
    oldest, youngest = (active.sort_values("founded_on", kind="stable").iloc[place] for place in (0, -1))
    said = {"oldest": oldest["name"], "oldest_on": oldest["founded_on"]}
    said |= {"youngest": youngest["name"], "youngest_on": youngest["founded_on"]}
    takeaway = words(f"village_kub.takeaway{'' if len(active) > 1 else '_one'}", **said)
    if unreported := int(active["members"].isna().sum()):
        takeaway += " " + plural(words, "village_kub.unreported", unreported)
    return Finding(title, subtitle, takeaway)


def profile_years(frame: pd.DataFrame, words: Words, **_: Any) -> Finding:
    """Members of the KUB of one village, then and now. frame: of the question growth."""
    subtitle = words("profile_years.subtitle")
    rows = records(frame)
    active = [row for row in rows if row["active"]]
    if not active or active[-1] is not rows[-1]:
        return Finding(words("profile_years.none"), subtitle, words("profile_years.takeaway_none"))
    first, last = active[0], active[-1]
    before, now = first["members"], last["members"]
    change = "single" if last is first or not before else "same" if now == before else "up" if now > before else "down"
    members = count(words, "members", now)
    title = words(f"profile_years.{change}", members=members, before=before, at=at(first, words))
    takeaway = words(
        "profile_years.takeaway", members=members, kub=count(words, "kub", last["active"]), at=at(last, words)
    )
    if last["unreported"]:
        takeaway += " " + plural(words, "village_kub.unreported", last["unreported"])
    return Finding(title, subtitle, takeaway)
