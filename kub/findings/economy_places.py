"""What Ekonomi says of sectors and villages in one year: who earns most per KUB, who has not stated
it, and what is withheld.

`year` is the row of the year that the rows are about: year, as_of, provisional
(kub/answers/context.py).
"""

from collections import Counter
from typing import Literal

import pandas as pd

from kub.findings import Finding
from kub.findings.economy import in_year
from kub.findings.leaders import NAMED, leading, level
from kub.findings.overview import known
from kub.findings.phrases import Row, plural, records
from kub.findings.reach import RANKED_FROM, named, noun
from kub.findings.sectors import OTHER
from kub.findings.villages import SHOWN
from kub.words import Words
from queries.filters import Filters

EVERYTHING = Filters()
RevenueState = Literal["value", "zero", "not_stated", "suppressed", "no_members"]


def state(row: Row, column: str) -> RevenueState:
    """Why a sector or village has an amount or none; `earners` say it where it is missing."""
    if known(row[column]):
        return "value" if row[column] else "zero"
    if not row["earners"]:
        return "not_stated"
    # What its KUB earn is told, but not of how many members that is.
    return "no_members" if known(row["revenue_idr"]) else "suppressed"


def revenue_sectors(
    frame: pd.DataFrame, words: Words, year: Row, filters: Filters = EVERYTHING
) -> Finding:
    """In which sector a KUB earns most; what each earns, and how many state it."""
    when = in_year(year, words)
    subtitle = words("revenue_sectors.subtitle")
    rows = [row for row in records(frame) if row["lived"]]
    stated = [row for row in rows if row["earners"]]
    if not stated:
        return Finding(words("revenue.silent", when=when), subtitle, words("economy.none_todo"))
    shown = [row for row in stated if known(row["revenue_per_kub"])]
    listed = [
        words(
            "revenue_sectors.item",
            sector=words(f"sector.{row['sector']}"),
            amount=row["revenue_per_kub"],
            earners=row["earners"],
            lived=row["lived"],
        )
        for row in sorted(shown, key=lambda row: -row["revenue_per_kub"])
    ]
    sentences = (
        [words("revenue_sectors.list", items="; ".join(listed), when=when)] if listed else []
    )
    if hidden := len(stated) - len(shown):
        sentences.append(plural(words, "revenue_sectors.hidden", hidden))
    if silent := len(rows) - len(stated):
        sentences.append(plural(words, "revenue_sectors.silent", silent))
    if len(stated) > 1:
        subtitle += f" · {words('revenue_sectors.ranked', n=RANKED_FROM)}"
    title = _sector_title(shown, stated, when, words)
    return Finding(title, subtitle, " ".join(sentences), measure=words("revenue_sectors.measure"))


def _sector_title(shown: list[Row], stated: list[Row], when: str, words: Words) -> str:
    kub = sum(row["earners"] for row in stated)
    if not shown:
        return plural(words, "revenue_sectors.withheld", kub, when=when)
    if len(stated) == 1:
        return words("revenue.level", amount=shown[0]["revenue_per_kub"], when=when)
    # Of fewer KUB than that none is ranked; *other* is no trade that could lead.
    ranked = {
        row["sector"]: row["revenue_per_kub"]
        for row in shown
        if row["earners"] >= RANKED_FROM and row["sector"] != OTHER
    }
    first = level(ranked)
    values = {"when": when, "sectors": len(stated)}
    if len(first) != 1 or len(ranked) < 2:
        return plural(words, "revenue_sectors.plain", kub, **values)
    amount = ranked[first[0]]
    highest = max(row["revenue_per_kub"] for row in shown)
    # A smaller sector, *other* or a withheld one may earn more: then it leads among the ranked.
    key = "leads" if highest == amount and len(shown) == len(stated) else "leads_ranked"
    return words(
        f"revenue_sectors.{key}",
        sector=words(f"sector.{first[0]}"),
        amount=amount,
        of=len(ranked),
        when=when,
    )


def ranked_villages(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The villages with an amount, most first; of equal ones in the order of codes."""
    return frame[frame[column].notna()].sort_values(column, ascending=False, kind="stable")


def revenue_places(frame: pd.DataFrame, column: str) -> list[int | None]:
    """Places of `ranked_villages`; none where fewer than RANKED_FROM KUB state their revenue."""
    eligible = frame[column].where(frame["earners"] >= RANKED_FROM)
    return [
        None if pd.isna(place) else int(place)
        for place in eligible.rank(method="min", ascending=False)
    ]


def revenue_villages(
    frame: pd.DataFrame,
    words: Words,
    year: Row,
    revenue_measure: str = "revenue_per_kub",
    filters: Filters = EVERYTHING,
) -> Finding:
    """Where a KUB earns most; how many villages do not state it, and how many are withheld."""
    when, nouns = in_year(year, words), noun(frame["village_code"], words)
    subtitle = words(f"revenue_villages.subtitle.{revenue_measure}", noun=nouns, when=when)
    if frame.empty or not frame["earners"].any():
        return Finding(words("revenue.silent", when=when), subtitle, words("economy.none_todo"))
    if len(frame) > 1:
        subtitle += f" · {words('revenue_villages.ranked', n=RANKED_FROM)}"
    ranked = ranked_villages(frame, revenue_measure)
    title = _leader(frame, ranked, revenue_measure, when, words, filters)
    count = int((frame["earners"] > 0).sum())
    stating = plural(
        words,
        "revenue_villages.stating_all" if count == len(frame) else "revenue_villages.stating",
        count,
        villages=len(frame),
        noun=noun(frame["village_code"], words, len(frame)),
        when=when,
    )
    sentences = [f"{stating}.", *_open_ends(frame, revenue_measure, words)]
    return Finding(title or stating, subtitle, " ".join(sentences))


def _leader(
    frame: pd.DataFrame,
    ranked: pd.DataFrame,
    column: str,
    when: str,
    words: Words,
    filters: Filters,
) -> str:
    """'Omzet per KUB tertinggi di Beji: …'; '' where none can be said to lead."""
    if ranked.empty:
        return ""
    if len(ranked) == len(frame) == 1:
        key = "here" if len(filters.villages) == 1 else "alone"
        values = {"village": ranked["village"].iloc[0], "amount": ranked[column].iloc[0]}
        return words(f"revenue_villages.{key}.{column}", when=when, **values)
    eligible = ranked[ranked["earners"] >= RANKED_FROM]
    top = eligible[eligible[column] == eligible[column].max()]
    if len(eligible) < 2 or len(top) > NAMED or len(top) == len(eligible):
        return ""
    names = dict(zip(ranked["village_code"], named(ranked), strict=True))
    return plural(
        words,
        f"revenue_villages.leads.{column}",
        len(top),
        names=words.listing([names[code] for code in top["village_code"]]),
        amount=top[column].iloc[0],
        of=len(eligible),
        noun=noun(frame["village_code"], words, len(eligible)),
        when=when,
    )


def _open_ends(frame: pd.DataFrame, column: str, words: Words) -> list[str]:
    """What the amounts leave open, so that a village without one is not taken for a poor one."""
    states = Counter(state(row, column) for row in records(frame))
    return [
        plural(words, f"revenue_villages.{name}", n, noun=noun(frame["village_code"], words, n))
        for name in ("zero", "not_stated", "suppressed", "no_members")
        if (n := states[name])
    ]


def revenue_ranking(
    frame: pd.DataFrame,
    words: Words,
    year: Row,
    revenue_measure: str = "revenue_per_kub",
    filters: Filters = EVERYTHING,
) -> Finding:
    """From how much to how much villages reach; which lead, and how many the chart leaves out."""
    when, nouns = in_year(year, words), noun(frame["village_code"], words)
    subtitle = words(
        f"revenue_ranking.subtitle.{revenue_measure}", noun=nouns, least=RANKED_FROM, when=when
    )
    ranked = ranked_villages(frame, revenue_measure)
    if ranked.empty:
        return Finding(words("revenue_ranking.none"), subtitle, words("economy.none_todo"))
    amounts = ranked[revenue_measure].tolist()
    if len(ranked) == 1:
        key = "here" if len(filters.villages) == 1 else "alone"
        title = words(
            f"revenue_villages.{key}.{revenue_measure}",
            village=ranked["village"].iloc[0],
            amount=amounts[0],
            when=when,
        )
        return Finding(title, subtitle, "")
    title = words(
        f"revenue_ranking.title.{revenue_measure}",
        villages=len(ranked),
        noun=noun(ranked["village_code"], words, len(ranked)),
        low=amounts[-1],
        high=amounts[0],
        when=when,
    )
    sentences = [
        words("revenue_ranking.median", amount=ranked[revenue_measure].median(), when=when)
    ]
    if first := _first(ranked[ranked["earners"] >= RANKED_FROM], revenue_measure, words):
        sentences.insert(0, words("revenue_ranking.first", names=first, when=when))
    if (rest := len(ranked) - SHOWN) > 0:
        nouns = noun(ranked["village_code"], words, rest)
        sentences.append(plural(words, "villages_ranking.more", rest, noun=nouns))
    return Finding(title, subtitle, " ".join(sentences))


def _first(ranked: pd.DataFrame, column: str, words: Words) -> str:
    """'Beji (Rp 90 juta), Tulis (Rp 70 juta)': at most NAMED, and all that are level with the last
    of them; '' where that cannot be, or where it would name them all.
    """
    amounts = ranked[column].tolist()
    most = next(
        (n for n in range(NAMED, 0, -1) if len(amounts) > n and amounts[n - 1] > amounts[n]), 0
    )
    pairs = zip(named(ranked), amounts[:most], strict=False)
    return words.listing([f"{name} ({words.write(amount, 'rp3')})" for name, amount in pairs])


def revenue_missing(frame: pd.DataFrame, words: Words, year: Row) -> Finding:
    """A list to work through: the KUB that leave their revenue out, and which never stated any."""
    when = in_year(year, words)
    subtitle = words("revenue_missing.subtitle", when=when)
    if frame.empty:
        return Finding(
            words("revenue_missing.none", when=when), subtitle, words("revenue_missing.none_more")
        )
    title = plural(words, "revenue_missing.title", len(frame), when=when)
    sentences = []
    counts = Counter(frame["district"]).most_common()
    if len(counts) > 1 and (
        most := leading([name for name, _ in counts], [n for _, n in counts], words)
    ):
        sentences.append(words("revenue_missing.most", names=most, when=when))
    if never := int(frame["stated_year"].isna().sum()):
        sentences.append(plural(words, "revenue_missing.never", never))
    return Finding(title, subtitle, " ".join(sentences))
