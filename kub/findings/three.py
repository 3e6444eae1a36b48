"""Three findings in words: how fast and why, which trade leads, how far the programme reaches."""

from typing import Any

import pandas as pd

from kub.findings import Finding
from kub.findings.growth import growth_flow
from kub.findings.overview import noun
from kub.findings.pace import SMALL, WINDOW, kind, paces
from kub.findings.phrases import records
from kub.words import Words


def three(
    growth: pd.DataFrame,
    sector_years: pd.DataFrame,
    coverage: pd.DataFrame,
    words: Words,
    measure: str = "kub",
    kelurahan: bool = False,
) -> list[Finding]:
    """The three findings: how fast and why, which trade leads, how far it reaches. Frames of those questions."""
    found = [_speed(growth, words), _leader(sector_years, words, measure), _reach(coverage, words, kelurahan)]
    return [finding for finding in found if finding]


def _speed(frame: pd.DataFrame, words: Words) -> Finding:
    now, before = paces(frame, "active")
    if now is None:
        return growth_flow(frame, words)
    ends = {row["year"]: row for row in records(frame)}
    then, since = ends[now.until], ends[now.since]
    because = words(
        "finding.growth.because", since=now.since, until=now.until, founded=then["founded"], closed=then["closed"],
        founded_before=since["founded"], closed_before=since["closed"],
    )  # fmt: skip
    return Finding(words(f"finding.growth.{kind(now, before)}", rate=abs(now.rate)), "", because)


def _leader(frame: pd.DataFrame, words: Words, measure: str) -> Finding | None:
    """The largest sector now, and what share it had WINDOW years ago (or in the first listed year with KUB)."""
    measure = "kub" if frame["members"].isna().any() else measure
    mix: dict[int, dict[str, int]] = {}
    for row in records(frame):
        mix.setdefault(row["year"], {})[row["sector"]] = row[measure]
    listed = [year for year, sectors in mix.items() if any(sectors.values())]
    if not listed or listed[-1] != max(mix):
        return None
    last = listed[-1]
    now, total = mix[last], sum(mix[last].values())
    first, second, *_ = sorted(now, key=now.__getitem__, reverse=True)
    said: dict[str, Any] = {"sector": words(f"sector.{first}"), "what": words(f"finding.sector.what.{measure}")}
    if not now[second]:
        return Finding(words("finding.sector.only", **said), "", "")
    share, detail = now[first] / total, []
    said |= {"second": words(f"sector.{second}"), "n": now[first], "total": total, "share": share}
    earlier = max(last - WINDOW, listed[0])
    if earlier < last and min(total, then := sum(mix[earlier].values())) >= SMALL:
        was = mix[earlier][first] / then
        same = words.percent(share, 0) == words.percent(was, 0)
        move = "same" if same else "rose" if share > was else "fell"
        detail.append(words(f"finding.sector.{move}", before=was, year=earlier))
    if now[first] == now[second]:
        return Finding(words("finding.sector.tie", **said), "", " ".join(detail))
    detail.append(words("finding.sector.next", sector=said["second"], share=now[second] / total))
    return Finding(words("finding.sector.title", **said), "", " ".join(detail))


def _reach(frame: pd.DataFrame, words: Words, kelurahan: bool) -> Finding | None:
    districts = records(frame)
    covered, villages = (sum(row[name] for row in districts) for name in ("covered", "villages"))
    if not villages:
        return None
    said = {"covered": covered, "villages": villages, "noun": noun(words, kelurahan, villages)}
    if covered == villages == 1:
        return Finding(words("finding.reach.single", **said), "", "")
    if covered == villages:
        return Finding(words("finding.reach.all", **said), "", words("finding.reach.none"))
    title = words("finding.reach.title", **said)
    reached = [row for row in districts if row["covered"]]
    if not reached:
        return Finding(title, "", words("finding.reach.outside", noun=noun(words, kelurahan)))
    detail = []
    everywhere = len(reached) == len(districts)
    if len(districts) > 1:
        key = "everywhere" if everywhere else "districts"
        detail.append(words(f"finding.reach.{key}", reached=len(reached), districts=len(districts)))
    widest = max(reached, key=lambda row: row["villages"] - row["covered"])
    if gap := widest["villages"] - widest["covered"]:
        key = "gap" if everywhere else "gap_reached"
        detail.append(words(f"finding.reach.{key}", **{**widest, "gap": gap, "noun": noun(words, kelurahan)}))
    return Finding(title, "", " ".join(detail))
