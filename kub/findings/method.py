"""What the quality chart of the method page says."""

import pandas as pd

from kub.findings import Finding
from kub.findings.leaders import NAMED
from kub.findings.phrases import plural
from kub.words import Words


def growth_reported(frame: pd.DataFrame, words: Words) -> Finding:
    """How many of the active KUB reported in the last listed year,
    and which year is the most complete.
    """
    subtitle = words("growth_reported.subtitle")
    # A year without active KUB has nobody who could report.
    counted = frame[frame["active"] > 0]
    if counted.empty:
        return Finding(
            words("growth_reported.empty"), subtitle, words("growth_reported.empty_todo")
        )
    last = counted.iloc[-1]
    share = counted["reported"] / counted["active"]
    best = [str(year) for year in counted.loc[share == share.max(), "year"]]
    if last["reported"] == last["active"]:
        key = "growth_reported.title_all"
    else:
        key = "growth_reported.title"
    title = words(key, reported=last["reported"], active=last["active"], year=last["year"])
    never = words("growth_reported.all")
    if last["unreported"]:
        never = plural(words, "growth_reported.never", last["unreported"])
    years = words.listing(best) if len(best) <= NAMED else words("leaders.years", n=len(best))
    takeaway = words("growth_reported.takeaway", never=never, best=years, share=share.max())
    return Finding(title, subtitle, takeaway)
