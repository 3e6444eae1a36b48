"""What the sector charts say."""

from typing import Any

import pandas as pd

from kub.findings import Finding
from kub.words import Words

# A share moves noticeably from one percentage point on; below that it "stays".
NOTICEABLE = 0.01
# No rank where the count behind it is below 5 (contract).
RANKED_FROM = 5


def sectors(frame: pd.DataFrame, words: Words, measure: str = "kub", tell: str = "", **_: Any) -> Finding:
    """The leading sector and its share; then the runners-up.

    tell="two": what the two largest make together, where the leader is said already.
    """
    subtitle = words(f"sectors.subtitle_{measure}")
    total = int(frame[measure].sum())
    if total == 0:
        return Finding(words("sectors.empty"), subtitle, words("sectors.empty_todo"))
    ordered = frame.sort_values(measure, ascending=False, kind="stable")
    ordered = ordered[ordered[measure] > 0]
    first, rest = ordered.iloc[0], ordered.iloc[1:]
    leader = words(f"sector.{first['sector']}")
    if rest.empty:
        return Finding(words(f"sectors.alone_{measure}", sector=leader, total=total), subtitle, words("sectors.alone"))
    share = first[measure] / total
    title = words(f"sectors.title_{measure}", sector=leader, count=first[measure], total=total, share=share)
    if tell == "two" and len(rest) > 1 and rest[measure].iloc[0] > rest[measure].iloc[1]:
        second = words(f"sector.{rest['sector'].iloc[0]}")
        share = (first[measure] + rest[measure].iloc[0]) / total
        title = words(f"sectors.two_{measure}", share=share, first=leader, second=second)
    said = [
        words("sectors.part", sector=words(f"sector.{r.sector}"), share=r[measure] / total) for _, r in rest.iterrows()
    ]
    return Finding(title, subtitle, words("sectors.takeaway", rest=words.listing(said)))


def sector_years(frame: pd.DataFrame, words: Words, measure: str = "kub", **_: Any) -> Finding:
    """The sector whose share moved most between the first and the last listed year with any KUB."""
    subtitle = words(f"sector_years.subtitle_{measure}")
    mix = shares(frame, measure)
    if mix.empty:
        return Finding(words("sectors.empty"), subtitle, words("sectors.empty_todo"))
    first, last = mix.iloc[0], mix.iloc[-1]
    change = last - first
    moved = str(change.abs().idxmax())
    values: dict[str, Any] = {
        "sector": words(f"sector.{moved}"),
        "first": first[moved],
        "last": last[moved],
        "since": mix.index[0],
        "until": mix.index[-1],
    }
    if len(mix) == 1:
        return Finding(words("sector_years.title_one", year=mix.index[0]), subtitle, words("sector_years.takeaway_one"))
    kind = "flat" if abs(change[moved]) < NOTICEABLE else "up" if change[moved] > 0 else "down"
    leader = str(last.idxmax())
    takeaway = words("sector_years.takeaway", sector=words(f"sector.{leader}"), share=last[leader], year=mix.index[-1])
    return Finding(words(f"sector_years.title_{kind}", **values), subtitle, takeaway)


def shares(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Share (0-1) of each sector by year: rows years, columns sectors; years without any KUB are left out."""
    wide = frame.pivot(index="year", columns="sector", values=measure)[list(dict.fromkeys(frame["sector"]))]
    wide = wide[wide.sum(axis=1) > 0]
    return wide.div(wide.sum(axis=1), axis=0)


def village_sectors(frame: pd.DataFrame, words: Words, measure: str = "kub", names: Any = None, **_: Any) -> Finding:
    """The fullest cell, and how many villages have only one sector."""
    subtitle = words(f"village_sectors.subtitle_{measure}")
    if frame.empty:
        return Finding(words("sectors.empty"), subtitle, words("sectors.empty_todo"))
    top = frame.iloc[int(frame[measure].argmax())]
    title = words(
        f"village_sectors.title_{measure}",
        sector=words(f"sector.{top['sector']}"),
        village=(names or {}).get(top["village_code"], top["village_code"]),
        count=top[measure],
    )
    kinds = frame.groupby("village_code")["sector"].nunique()
    takeaway = words(
        "village_sectors.takeaway", villages=len(kinds), single=int((kinds == 1).sum()), full=int((kinds == 5).sum())
    )
    return Finding(title, subtitle, takeaway)


def specialisation(frame: pd.DataFrame, words: Words, **_: Any) -> Finding:
    """The village that differs most from the programme, among those with enough KUB to say so."""
    subtitle = words("specialisation.subtitle", least=RANKED_FROM)
    ranked = frame[frame["kub"] >= RANKED_FROM]
    if ranked.empty:
        return Finding(words("specialisation.empty", least=RANKED_FROM), subtitle, words("specialisation.empty_todo"))
    top = ranked.iloc[int(ranked["lq"].argmax())]
    values = {
        "village": top["village"], "sector": words(f"sector.{top['sector']}"), "lq": top["lq"], "share": top["share"],
        "widest": ranked["village"].iloc[int(ranked["diversity"].argmax())], "most": ranked["diversity"].max(),
        "narrowest": ranked["village"].iloc[int(ranked["diversity"].argmin())], "least": ranked["diversity"].min(),
    }  # fmt: skip
    takeaway = words("specialisation.takeaway" if len(ranked) > 1 else "specialisation.takeaway_one", **values)
    return Finding(words("specialisation.title", **values), subtitle, takeaway)


def activities(frame: pd.DataFrame, words: Words, measure: str = "kub", **_: Any) -> Finding:
    """The commonest trade and how many different ones there are."""
    subtitle = words(f"activities.subtitle_{measure}")
    known = frame[frame["activity"].notna()]
    if known.empty:
        return Finding(words("activities.empty"), subtitle, words("activities.empty_todo"))
    top = known.iloc[int(known[measure].argmax())]
    unknown = int(frame["kub"].sum() - known["kub"].sum())
    title = words(f"activities.title_{measure}", activity=top["activity"], count=top[measure])
    takeaway = words("activities.takeaway", kinds=int(known["activity"].nunique()), kub=int(known["kub"].sum()))
    if unknown:
        takeaway += " " + words("activities.unknown", count=unknown)
    return Finding(title, subtitle, takeaway)
