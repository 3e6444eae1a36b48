"""Three findings in words: who came and went, which trade leads, and what KUB earn or how far the
programme reaches.
"""

from dataclasses import replace
from typing import Any

import pandas as pd

from kub.findings import Finding
from kub.findings.economy import in_year, moved, reported_years, title_year
from kub.findings.growth import growth_flow
from kub.findings.leaders import NAMED, level
from kub.findings.narrowing import Narrowing
from kub.findings.overview import known
from kub.findings.pace import SMALL, WINDOW, paces
from kub.findings.phrases import records, signed_share, village_noun
from kub.findings.sectors import OTHER
from kub.words import Words
from queries.filters import Filters

EVERYTHING = Filters()
WHOLE = Narrowing()


def three(
    growth: pd.DataFrame,
    sector_years: pd.DataFrame,
    coverage: pd.DataFrame,
    words: Words,
    measure: str = "kub",
    kelurahan: bool = False,
    filters: Filters = EVERYTHING,
    narrowed: Narrowing = WHOLE,
    revenue: pd.DataFrame | None = None,
) -> list[Finding]:
    """The three findings: who came and went, which trade leads, what KUB earn. Frames of those
    questions. Where nothing is known of what they earn: how far it reaches.

    filters, narrowed: of the page; target villages are those of the third alone.
    """
    # Growth and sectors do not heed which villages count, so they may not claim to be of target
    # villages.
    every = replace(narrowed, target="", aimed="")
    words = narrowed.words(words)
    findings = [
        (every, _flow(growth, words)),
        (every, _leader(sector_years, words, measure, filters)),
    ]
    # Reach stands in the strip and in a chart of its own already: a fourth finding is not read.
    if earnings := _earnings(revenue, words):
        findings.append((every, earnings))
    else:
        findings.append((narrowed, _reach(coverage, words, kelurahan, filters)))
    return [phrases.applied(finding) for phrases, finding in findings if finding]


def _flow(frame: pd.DataFrame, words: Words) -> Finding:
    """Who came and went in the last finished year, beside WINDOW years before: why the number at
    the head of the page moves as it does.
    """
    finding = growth_flow(frame, words)
    now, _ = paces(frame, "active")
    if now is None:
        return finding
    since = next(row for row in records(frame) if row["year"] == now.since)
    beside = words(
        "finding.growth.earlier",
        since=now.since,
        until=now.until,
        founded=since["founded"],
        closed=since["closed"],
        rate=signed_share(words, now.rate),
    )
    return Finding(finding.title, "", beside)


def _leader(frame: pd.DataFrame, words: Words, measure: str, filters: Filters) -> Finding | None:
    """The largest sector now, and what share it had WINDOW years ago
    (or in the first listed year with KUB).
    """
    # A withheld part would bend the shares of all: KUB stand in for members.
    measure = "kub" if frame["members"].isna().any() else measure
    mix: dict[int, dict[str, int]] = {}
    for row in records(frame):
        mix.setdefault(row["year"], {})[row["sector"]] = row[measure]
    listed = [year for year, sectors in mix.items() if any(sectors.values())]
    # A mix of years ago is no finding about now.
    if not listed or listed[-1] != max(mix):
        return None
    last = listed[-1]
    now, total = mix[last], sum(mix[last].values())
    if len(filters.sectors) == 1:
        return _size(frame, last, max(last - WINDOW, listed[0]), words)
    first = level({sector: n for sector, n in now.items() if sector != OTHER})
    names = words.listing([words(f"sector.{sector}") for sector in first])
    values: dict[str, Any] = {
        "sector": names,
        "what": words(f"finding.sector.what.{measure}"),
        "total": total,
    }
    if not first:
        return Finding(words("finding.sector.outside", **values), "", "")
    values |= {"n": now[first[0]], "share": now[first[0]] / total}
    if now[first[0]] == total:
        return Finding(words("finding.sector.only", **values), "", "")
    sentences = []
    if len(first) == 1:
        sentences = _before(mix, first[0], last, listed[0], words)
    behind = level({sector: n for sector, n in now.items() if sector not in (*first, OTHER)})
    if len(first) == len(behind) == 1:
        runner_up = words(f"sector.{behind[0]}")
        sentences.append(
            words("finding.sector.next", sector=runner_up, share=now[behind[0]] / total)
        )
    if len(first) > 1:
        key = "tie"
    elif now[first[0]] > now.get(OTHER, 0):
        key = "title"
    else:
        key = "named"
    return Finding(words(f"finding.sector.{key}", **values), "", " ".join(sentences))


def _before(
    mix: dict[int, dict[str, int]], sector: str, last: int, first: int, words: Words
) -> list[str]:
    """How the share of the leading sector has moved, where both
    years hold enough to speak of percent.
    """
    earlier = max(last - WINDOW, first)
    total, then = sum(mix[last].values()), sum(mix[earlier].values())
    # Of ten KUB one is 10 %: below SMALL a share moves by single groups.
    if earlier == last or min(total, then) < SMALL:
        return []
    share, was = mix[last][sector] / total, mix[earlier][sector] / then
    same = words.percent(share, 0) == words.percent(was, 0)
    if same:
        move = "same"
    elif share > was:
        move = "rose"
    else:
        move = "fell"
    return [words(f"finding.sector.{move}", before=was, year=earlier)]


def _size(frame: pd.DataFrame, last: int, earlier: int, words: Words) -> Finding | None:
    """Of a single sector its share says nothing: how large its groups are, and were."""
    sums = frame.groupby("year")[["kub", "members"]].sum()
    if frame["members"].isna().any() or not sums["members"][last]:
        return None
    sizes = {
        year: sums["members"][year] / sums["kub"][year]
        for year in (earlier, last)
        if sums["kub"][year]
    }
    title = words("finding.sector.size", per=sizes[last])
    if earlier == last or not sizes.get(earlier):
        return Finding(title, "", "")
    written = [words.number(sizes[year], 1) for year in (earlier, last)]
    if written[0] == written[1]:
        move = "same"
    elif sizes[last] > sizes[earlier]:
        move = "rose"
    else:
        move = "fell"
    return Finding(
        title, "", words(f"finding.sector.size_{move}", before=sizes[earlier], year=earlier)
    )


def _earnings(frame: pd.DataFrame | None, words: Words) -> Finding | None:
    """How revenue moved on matched KUB in the last finished year, else what a KUB earns; None where
    neither is known.
    """
    rows = [] if frame is None else reported_years(frame)
    if not rows:
        return None
    row = title_year(rows)
    mean, when = row["revenue_per_kub"], in_year(row, words)
    move = moved(row, words)
    if move:
        title = words(
            f"finding.revenue.{move}", change=abs(row["matched_change"]), year=row["year"]
        )
        because = words("finding.revenue.because", n=row["matched_kub"])
        level = words("finding.revenue.mean", amount=mean, when=when) if known(mean) else ""
        return Finding(title, "", f"{because} {level}".strip())
    if not known(mean):
        return None
    stated = words("finding.revenue.stated", earners=row["earners"], lived=row["lived"])
    return Finding(words("finding.revenue.level", amount=mean, when=when), "", stated)


def _reach(frame: pd.DataFrame, words: Words, kelurahan: bool, filters: Filters) -> Finding | None:
    districts = records(frame)
    covered, villages = (sum(row[name] for row in districts) for name in ("covered", "villages"))
    # Of a single chosen village its reach is no finding.
    if not villages or len(filters.villages) == 1:
        return None
    values = {
        "covered": covered,
        "villages": villages,
        "noun": village_noun(words, kelurahan, villages),
    }
    if covered == villages == 1:
        return Finding(words("finding.reach.single", **values), "", "")
    if covered == villages:
        return Finding(words("finding.reach.all", **values), "", "")
    title = words("finding.reach.title", **values)
    reached = [row for row in districts if row["covered"]]
    if not reached:
        return Finding(
            title, "", words("finding.reach.outside", noun=village_noun(words, kelurahan))
        )
    if len(districts) == 1:
        left = words(
            "finding.reach.left",
            gap=villages - covered,
            noun=village_noun(words, kelurahan, villages - covered),
        )
        return Finding(title, "", left)
    everywhere = len(reached) == len(districts)
    key = "everywhere" if everywhere else "districts"
    sentences = [words(f"finding.reach.{key}", reached=len(reached), districts=len(districts))]
    gaps = {row["district"]: row["villages"] - row["covered"] for row in reached}
    widest = level(gaps)
    if 0 < len(widest) <= NAMED:
        key = "gap" if everywhere else "gap_reached"
        gap = {"gap": gaps[widest[0]], "noun": village_noun(words, kelurahan)}
        sentences.append(words(f"finding.reach.{key}", district=words.listing(widest), **gap))
    return Finding(title, "", " ".join(sentences))
