"""What the sector charts say.

Sectors chosen by a filter, and what is left over as "other", are no findings.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kub.findings import Finding
from kub.findings.leaders import NAMED, level
from kub.findings.pace import SMALL
from kub.findings.phrases import count, direction
from kub.findings.reach import RANKED_FROM
from kub.words import Words
from kub.words.trades import trade
from queries.filters import SECTORS, Filters

# A share moves noticeably from one percentage point on; below that it "stays".
NOTICEABLE = 0.01
# What belongs nowhere else: as large as it may be, it leads nothing and is typical of nobody.
OTHER = "lainnya"
EVERYTHING = Filters()


def sectors(
    frame: pd.DataFrame,
    words: Words,
    measure: str = "kub",
    tell: str = "",
    filters: Filters = EVERYTHING,
) -> Finding:
    """The leading sector and its share, or those that are level; then the others.

    tell="two": what the two largest make together, where the leader is named already.
    """
    subtitle = words(f"sectors.subtitle_{measure}")
    values = {
        str(sector): int(n) for sector, n in zip(frame["sector"], frame[measure], strict=True)
    }
    total = sum(values.values())
    if total == 0:
        return Finding(words("sectors.empty"), subtitle, words("sectors.empty_todo"))
    # The filter itself would be the finding: 100 % of the chosen sector.
    if len(filters.sectors) == 1:
        return Finding(count(words, measure, total), subtitle, _mean(frame, words))
    ordered = sorted(
        (code for code in values if values[code]), key=values.__getitem__, reverse=True
    )
    listed = [code for code in SECTORS if code in filters.sectors] or list(SECTORS)
    if len(ordered) == 1:
        absent = words.listing([_name(code, words) for code in listed if code not in ordered])
        key = "outside" if ordered == [OTHER] else "alone"
        title = words(
            f"sectors.{key}_{measure}", sector=_name(ordered[0], words), total=total, absent=absent
        )
        return Finding(title, subtitle, words("sectors.absent", absent=absent))
    title, in_title = _leading(values, measure, tell, words)
    rest = [
        words("sectors.part", sector=_name(code, words), share=values[code] / total)
        for code in ordered
        if code not in in_title
    ]
    takeaway = words("sectors.takeaway", rest=words.listing(rest)) if rest else _mean(frame, words)
    return Finding(title, subtitle, takeaway)


def _leading(
    values: Mapping[str, int], measure: str, tell: str, words: Words
) -> tuple[str, list[str]]:
    """The title, and the sectors whose part it says.

    values: of each sector, at least two of them with some.
    """
    total = sum(values.values())
    named = {code: n for code, n in values.items() if code != OTHER}
    first = level(named)
    behind = level({code: n for code, n in named.items() if code not in first})
    leader = {
        "sector": words.listing([_name(code, words) for code in first]),
        "count": named[first[0]],
        "total": total,
    }
    leader |= {"share": named[first[0]] / total}
    if tell == "two" and len(first) == len(behind) == 1:
        share = (named[first[0]] + named[behind[0]]) / total
        names = {"first": leader["sector"], "second": _name(behind[0], words)}
        return words(f"sectors.two_{measure}", share=share, **names), [*first, *behind]
    if len(first) > 1:
        return words(f"sectors.level_{measure}", **leader), first
    key = "title" if named[first[0]] > values.get(OTHER, 0) else "named"
    return words(f"sectors.{key}_{measure}", **leader), first


def _name(sector: str, words: Words) -> str:
    return words(f"sector.{sector}")


def _mean(frame: pd.DataFrame, words: Words) -> str:
    """How large the groups are on average; '' where members are withheld or not on record."""
    kub, members = frame["kub"].sum(), frame["members"].sum()
    if frame["members"].isna().any() or not kub or not members:
        return ""
    return words("sectors.mean", per=members / kub)


def sector_years(
    frame: pd.DataFrame, words: Words, measure: str = "kub", filters: Filters = EVERYTHING
) -> Finding:
    """The sector whose share moved most between the first listed year with enough KUB and the
    last.
    """
    subtitle = words(f"sector_years.subtitle_{measure}")
    mix = shares(frame, measure)
    if mix.empty:
        return Finding(words("sectors.empty"), subtitle, words("sectors.empty_todo"))
    if len(filters.sectors) == 1:
        return Finding(_number(frame, measure, mix, words), subtitle, "")
    if len(mix) == 1:
        return Finding(
            words("sector_years.title_one", year=mix.index[0]),
            subtitle,
            words("sector_years.takeaway_one"),
        )
    mix = compared(frame, mix)
    first, last = mix.iloc[0], mix.iloc[-1]
    takeaway = _largest(last, int(mix.index[-1]), words)
    years = {"since": mix.index[0], "until": mix.index[-1]}
    code = moved(mix, words)
    if not code:
        key = "flat" if abs((last - first).get(OTHER, 0)) < NOTICEABLE else "flat_named"
        return Finding(words(f"sector_years.title_{key}", **years), subtitle, takeaway)
    values = {"sector": _name(code, words), "first": first[code], "last": last[code], **years}
    key = "title_up" if last[code] > first[code] else "title_down"
    if (gap := points(first[code], last[code])) and _is_furthest(mix, code):
        values["points"], key = gap, f"{key}_most"
    return Finding(words(f"sector_years.{key}", **values), subtitle, takeaway)


def compared(frame: pd.DataFrame, mix: pd.DataFrame) -> pd.DataFrame:
    """The years of a mix from the first in which there are KUB enough to speak of shares, or all
    where that leaves no two.
    """
    sums = frame.groupby("year")["kub"].sum().reindex(mix.index)
    enough = mix[(sums >= SMALL).cummax()]
    return enough if len(enough) > 1 else mix


def moved(mix: pd.DataFrame, words: Words) -> str:
    """The named sector whose share moved furthest from the first year to the last; '' where none
    did noticeably. mix: as `shares` gives it.
    """
    # What is left over is no trade that could rise.
    change = (mix.iloc[-1] - mix.iloc[0]).drop(OTHER, errors="ignore").abs()
    if not len(change) or change.max() < NOTICEABLE:
        return ""
    code = str(change.idxmax())
    # "From 31 % to 31 %" would be no finding, whatever the decimals are.
    before, after = (words.percent(mix[code].iloc[end], 0) for end in (0, -1))
    return "" if before == after else code


def points(first: float, last: float) -> int:
    """Percentage points between two shares; 0 where those that a reader would count from the
    rounded shares are others.
    """
    gap = round(100 * abs(last - first))
    return gap if gap == abs(round(100 * last) - round(100 * first)) else 0


def _is_furthest(mix: pd.DataFrame, code: str) -> bool:
    """Whether no other sector, and not what is left over either, moved as far."""
    change = (mix.iloc[-1] - mix.iloc[0]).abs()
    return bool((change.drop(code) < change[code] - 1e-9).all())


def _number(frame: pd.DataFrame, measure: str, mix: pd.DataFrame, words: Words) -> str:
    """How many there were in the first and the last year: of a
    single sector the share says nothing.
    """
    sums = frame.groupby("year")[measure].sum()
    since, until = mix.index[0], mix.index[-1]
    first, last = int(sums[since]), int(sums[until])
    counted = count(words, measure, last)
    if since == until:
        return words("sector_years.number_single", count=counted, until=until)
    key = direction(first, last)
    return words(f"sector_years.number_{key}", count=counted, first=first, since=since, until=until)


def _largest(last: "pd.Series[float]", year: int, words: Words) -> str:
    """Which sector is the largest at the end, or which are level."""
    first = level({str(code): share for code, share in last.items() if code != OTHER})
    if not first:
        return ""
    key = "takeaway" if len(first) == 1 else "takeaway_level"
    if len(first) == 1 and last[first[0]] <= last.get(OTHER, 0):
        key = "takeaway_named"
    names = words.listing([_name(code, words) for code in first])
    return words(f"sector_years.{key}", sector=names, share=last[first[0]], year=year)


def shares(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Share (0-1) of each sector by year: rows years, columns sectors;
    years without any KUB are left out.
    """
    wide = frame.pivot(index="year", columns="sector", values=measure)[
        list(dict.fromkeys(frame["sector"]))
    ]
    # Shares of nothing are 0 / 0.
    wide = wide[wide.sum(axis=1) > 0]
    return wide.div(wide.sum(axis=1), axis=0)


def village_sectors(
    frame: pd.DataFrame,
    words: Words,
    measure: str = "kub",
    names: Any = None,
    filters: Filters = EVERYTHING,
) -> Finding:
    """The fullest cell, or how full the fullest are, and how many villages have only one sector."""
    subtitle = words(f"village_sectors.subtitle_{measure}")
    if frame.empty:
        return Finding(words("sectors.empty"), subtitle, words("sectors.empty_todo"))
    named = frame[frame["sector"] != OTHER]
    top = named[(named[measure] == named[measure].max()) & (named[measure] > 0)]
    # Rows exist only where there is a KUB, so a village's rows are its sectors.
    kinds = frame.groupby("village_code")["sector"].nunique()
    if len(kinds) == 1:
        takeaway = words("village_sectors.takeaway_one", n=kinds.iloc[0])
    elif len(filters.sectors) == 1:
        takeaway = words("village_sectors.takeaway_sector", villages=len(kinds))
    else:
        values = {
            "villages": len(kinds),
            "single": int((kinds == 1).sum()),
            "full": int((kinds == len(SECTORS)).sum()),
        }
        key = "takeaway_chosen" if filters.sectors else "takeaway"
        takeaway = words(f"village_sectors.{key}", **values)
    if top.empty:
        return Finding(words("village_sectors.none"), subtitle, takeaway)
    if len(top) > NAMED:
        title = words(f"village_sectors.level_{measure}", count=top[measure].iloc[0], n=len(top))
        return Finding(title, subtitle, takeaway)
    cells = [
        words(
            "village_sectors.cell",
            sector=_name(str(sector), words),
            village=(names or {}).get(code, code),
        )
        for sector, code in zip(top["sector"], top["village_code"], strict=True)
    ]
    if len(frame) == 1:
        key = "only"
    elif len(cells) == 1:
        key = "title"
    else:
        key = "both"
    return Finding(
        words(
            f"village_sectors.{key}_{measure}",
            cells=words.listing(cells),
            count=top[measure].iloc[0],
        ),
        subtitle,
        takeaway,
    )


def specialisation(frame: pd.DataFrame, words: Words, filters: Filters = EVERYTHING) -> Finding:
    """The village that differs most from the programme, among those with enough KUB to say so."""
    measure = words("specialisation.subtitle", least=RANKED_FROM)
    subtitle = measure + words("specialisation.scale")
    ranked = frame[frame["kub"] >= RANKED_FROM]
    if ranked.empty:
        return Finding(
            words("specialisation.empty", least=RANKED_FROM),
            subtitle,
            words("specialisation.empty_todo"),
        )
    if len(set(filters.sectors)) == 1:  # its share is 1 everywhere, in the programme too
        title = words("specialisation.chosen", villages=len(ranked), least=RANKED_FROM)
        return Finding(title, subtitle, words("specialisation.chosen_todo"))
    named = ranked[ranked["sector"] != OTHER]
    top = named[(named["lq"] == named["lq"].max()) & (named["lq"] > 1)]
    variety = _variety(ranked, words)
    if top.empty:
        title = words("specialisation.alike", villages=len(ranked))
        return Finding(title, subtitle, variety, measure=measure)
    places = [
        words("specialisation.place", village=village, sector=_name(str(sector), words))
        for village, sector in zip(top["village"], top["sector"], strict=True)
    ]
    if len(top) == 1:
        key = "title"
    elif len(top) <= NAMED:
        key = "level"
    else:
        key = "level_many"
    values = {"places": words.listing(places), "n": len(top), "lq": top["lq"].iloc[0]}
    title = words(f"specialisation.{key}", **values)
    return Finding(title, subtitle, variety, measure=measure)


def _variety(ranked: pd.DataFrame, words: Words) -> str:
    """Where trades are most varied and where most concentrated; ''
    where that is not one village each.
    """
    # Villages whose values are written alike are level to every reader.
    written = [words.number(value, 1) for value in ranked["diversity"]]
    most, least = ranked["diversity"].max(), ranked["diversity"].min()
    if len(ranked) == 1:
        return words("specialisation.takeaway_one", most=most)
    if any(written.count(words.number(end, 1)) > 1 for end in (most, least)):
        return words("specialisation.takeaway_range", most=most, least=least)
    widest, narrowest = (
        ranked.loc[ranked["diversity"] == end, "village"].iloc[0] for end in (most, least)
    )
    return words(
        "specialisation.takeaway", widest=widest, most=most, narrowest=narrowest, least=least
    )


def activities(frame: pd.DataFrame, words: Words, measure: str = "kub") -> Finding:
    """The commonest trade and how many different ones there are."""
    subtitle = words(f"activities.subtitle_{measure}")
    known = frame[frame["activity"].notna()]
    if known.empty:
        return Finding(words("activities.empty"), subtitle, words("activities.empty_todo"))
    sums = known.groupby("activity", sort=False)[measure].sum()
    first = level({str(name): n for name, n in sums.items()})
    kinds, kub = len(sums), int(known["kub"].sum())
    takeaway = words("activities.takeaway", kinds=kinds, kub=kub)
    if unknown := int(frame["kub"].sum() - kub):
        takeaway += " " + words("activities.unknown", count=unknown)
    # Where many trades are level, a few of them would be chosen by the alphabet.
    if not first or len(first) > NAMED:
        return Finding(words("activities.many", kinds=kinds), subtitle, takeaway)
    key = "title" if len(first) == 1 else "level"
    names = words.listing([trade(name, words) for name in first])
    return Finding(
        words(f"activities.{key}_{measure}", activity=names, count=sums[first[0]]),
        subtitle,
        takeaway,
    )
