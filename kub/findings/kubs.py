"""What is said of single KUB: the list of them, and one from year to year."""

import pandas as pd

from kub.findings import Finding
from kub.findings.phrases import count, records
from kub.words import Words


def kubs(frame: pd.DataFrame, words: Words) -> Finding:
    """How many KUB there are, and how many of them reported."""
    subtitle = words("kubs.subtitle")
    if frame.empty:
        return Finding(words("kubs.none"), subtitle, words("kubs.takeaway_none"))
    active = frame[frame["active"]]
    title = words(
        "kubs.title", active=count(words, "kub", len(active)), closed=len(frame) - len(active)
    )
    # Of whom it is withheld nobody learns it from a count.
    if active["withheld"].any():
        return Finding(title, subtitle, "")
    reported = int(active["has_reported"].fillna(False).astype(bool).sum())
    return Finding(title, subtitle, words("kubs.takeaway", reported=reported))


def kub_history(frame: pd.DataFrame, words: Words, name: str = "") -> Finding:
    """Members of one KUB, then and now. frame: of queries.listing.history."""
    subtitle = words("kub_history.subtitle")
    rows = records(frame)
    known = [row for row in rows if pd.notna(row["members"])]
    if not known:
        hidden = any(pd.isna(row["reported"]) for row in rows)
        key = "title_withheld" if hidden else "title_none"
        more = words("kub_history.takeaway_withheld") if hidden else ""
        return Finding(words(f"kub_history.{key}", name=name), subtitle, more)
    first, last = known[0], known[-1]
    members = words.number(last["members"])
    if first is last:
        title = words("kub_history.title_single", name=name, last=members, until=last["year"])
    else:
        title = words(
            "kub_history.title",
            name=name,
            last=members,
            first=words.number(first["members"]),
            since=first["year"],
        )
    reported = sum(1 for row in rows if row["reported"] is True)
    return Finding(title, subtitle, words("kub_history.takeaway", n=reported, years=len(rows)))


def kub_revenue(frame: pd.DataFrame, words: Words, name: str = "") -> Finding:
    """Revenue of one KUB over the years that state it."""
    subtitle = words("kub_revenue.subtitle")
    known = [row for row in records(frame) if pd.notna(row["revenue_idr"])]
    if not known:
        return Finding(words("kub_revenue.none", name=name), subtitle, "")
    last = known[-1]
    title = words("kub_revenue.title", name=name, value=last["revenue_idr"], year=last["year"])
    stated = words("kub_revenue.takeaway", n=len(known), years=len(frame))
    return Finding(title, subtitle, stated)
