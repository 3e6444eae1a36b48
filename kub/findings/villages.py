"""What the screen Desa says: where KUB are, how far they reach, which villages still have none."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import pandas as pd

from kub.findings import Finding
from kub.findings.phrases import at, count, plural
from kub.scope import is_kelurahan
from kub.words import Words

# No rank where the count behind it is below 5 (contract).
RANKED_FROM = 5
# More names than this are counted instead of listed.
NAMED = 3

State = Literal["value", "none", "not_reported", "suppressed", "no_population"]


def column(measure: str, per: str = "") -> str:
    """The column a view is about: kub, members, or kub_per_10k where it is told per residents."""
    return "kub_per_10k" if per == "residents" else measure


def states(frame: pd.DataFrame, shown: str) -> list[State]:
    """Why a village has a value, or none: no KUB, no report yet, withheld, or residents unknown."""
    found: list[State] = []
    for row in frame.itertuples():
        value = getattr(row, shown)
        if row.kub == 0:
            found.append("none")
        elif shown == "members" and row.unreported == row.kub:
            found.append("not_reported")
        elif pd.isna(value):
            found.append("no_population" if shown == "kub_per_10k" else "suppressed")
        else:
            found.append("value")
    return found


def noun(codes: Iterable[str], words: Words, n: float = 2) -> str:
    """'desa', or 'kelurahan' where all of them are; n only matters in English."""
    listed = list(codes)
    return plural(words, f"villages.noun.{'kelurahan' if listed and all(map(is_kelurahan, listed)) else 'village'}", n)


def named(frame: pd.DataFrame) -> list[str]:
    """The villages' names, with the district where two share one."""
    twice = {name for name, times in Counter(frame["village"]).items() if times > 1}
    pairs = zip(frame["village"], frame["district"], strict=True)
    return [f"{village} ({district})" if village in twice else village for village, district in pairs]


def listed(names: Sequence[str], words: Words, key: str) -> str:
    """'A, B and C', or where there are more their number: words `<key>` with n."""
    return words.listing(list(names)) if len(names) <= NAMED else words(key, n=len(names))


def valued(frame: pd.DataFrame, shown: str) -> pd.DataFrame:
    """The villages with a value, most first; of equal ones in the order of codes."""
    return frame[[state == "value" for state in states(frame, shown)]].sort_values(shown, ascending=False, kind="stable")


def amount(words: Words, shown: str, value: float) -> str:
    """'23 KUB aktif', '312 anggota', '4,2 KUB per 10.000 penduduk'."""
    if shown == "kub_per_10k":
        return words("villages.per_10k", value=value)
    return count(words, shown, value)


def villages(frame: pd.DataFrame, words: Words, measure: str = "kub", per: str = "", areas: Any = None, **_: Any) -> Finding:
    """In how many villages there are KUB, and where most. areas: what the map draws (kub/areas.py)."""
    shown = column(measure, per)
    kind = areas.kind if areas is not None else "tiles"
    said: dict[str, Any] = {"noun": noun(frame["village_code"], words), "villages": len(frame)}
    subtitle = f"{words(f'villages.subtitle.{shown}', **said)} · {words(f'villages.map.{kind}', **said)}"
    if frame.empty:
        return Finding(words("villages.title.empty"), subtitle, words("villages.todo"))
    covered = frame[frame["kub"] > 0]
    if covered.empty:
        return Finding(words("villages.title.none", **said), subtitle, words("villages.takeaway.none", **said))
    takeaway = " ".join([_spread(frame, covered, words), *_open_ends(frame, shown, words)])
    ranked = valued(frame, shown)
    if ranked.empty:
        return Finding(_reach(frame, covered, words), subtitle, takeaway)
    total = amount(words, measure, covered[measure].sum())
    if len(frame) == 1:
        title = words("villages.title.one", village=ranked["village"].iloc[0], amount=amount(words, shown, ranked[shown].iloc[0]))
    else:
        title = words(f"villages.title.{'where' if shown == 'kub' else 'amount'}", reach=_reach(frame, covered, words), total=total)
        title += _leader(ranked, shown, words)
    return Finding(title, subtitle, takeaway)


def _reach(frame: pd.DataFrame, covered: pd.DataFrame, words: Words) -> str:
    """'14 dari 248 desa', 'semua 20 kelurahan'."""
    every = "all" if len(covered) == len(frame) else "some"
    return words(f"villages.reach.{every}", covered=len(covered), villages=len(frame), noun=noun(frame["village_code"], words, len(frame)))


def _leader(ranked: pd.DataFrame, shown: str, words: Words) -> str:
    """', terbanyak di …': left out where too many share the top, or the count behind it is too small to rank."""
    top = ranked[ranked[shown] == ranked[shown].iloc[0]]
    if len(top) > NAMED or len(ranked) == 1 or top["kub"].min() < RANKED_FROM:
        return ""
    return words(f"villages.leader.{'one' if len(top) == 1 else 'many'}", names=words.listing(named(top)), amount=amount(words, shown, top[shown].iloc[0]))


def _spread(frame: pd.DataFrame, covered: pd.DataFrame, words: Words) -> str:
    """Over how many districts the villages with KUB are spread, and how many villages have none."""
    here = list(dict.fromkeys(covered["district"]))
    gaps = len(frame) - len(covered)
    of = frame["district"].nunique()
    if of == 1:
        where = ""
    elif len(here) <= NAMED:
        where = plural(words, "villages.takeaway.districts", len(here), names=words.listing(here))
    else:
        where = words("villages.takeaway.spread", districts=len(here), of=of)
    rest = plural(words, "villages.takeaway.gaps", gaps, noun=noun(frame["village_code"], words, gaps)) if gaps else words("villages.takeaway.no_gap")
    return f"{where} {rest}".strip()


def _open_ends(frame: pd.DataFrame, shown: str, words: Words) -> list[str]:
    """What the values leave open: members not reported, residents not stated, figures withheld."""
    ends = []
    count_of = Counter(states(frame, shown))
    partly = int(((frame["unreported"] > 0) & (frame["unreported"] < frame["kub"])).sum()) if shown == "members" else 0
    for key, n in (("not_reported", count_of["not_reported"]), ("partly_reported", partly), ("no_population", count_of["no_population"]), ("suppressed", count_of["suppressed"])):
        if n:
            ends.append(plural(words, f"villages.takeaway.{key}", n, noun=noun(frame["village_code"], words, n)))
    if shown == "kub_per_10k" and (years := sorted(set(frame["population_year"].dropna().astype(int)))):
        ends.append(words("villages.takeaway.population_year", years=f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])))
    return ends


def villages_ranking(frame: pd.DataFrame, words: Words, measure: str = "kub", per: str = "", **_: Any) -> Finding:
    """How few villages hold half of all; or where KUB are densest."""
    shown = column(measure, per)
    subtitle = words(f"villages_ranking.subtitle.{shown}", noun=noun(frame["village_code"], words))
    ranked = valued(frame, shown)
    if ranked.empty or not ranked[shown].sum():
        return Finding(words("villages_ranking.empty"), subtitle, words("villages.todo"))
    leaders = ranked[:NAMED]
    parts = zip(named(ranked)[:NAMED], leaders[shown], strict=True)
    takeaway = words("villages_ranking.takeaway", names=words.listing([words("villages_ranking.part", village=village, value=words.write(value, _spec(shown))) for village, value in parts]))
    if len(ranked) == 1:
        title = words("villages_ranking.one", village=leaders["village"].iloc[0], amount=amount(words, shown, leaders[shown].iloc[0]))
    elif shown == "kub_per_10k":
        title = words("villages_ranking.densest", villages=len(ranked), noun=noun(frame["village_code"], words), median=ranked[shown].median())
    else:
        title = _half(ranked, shown, words)
    return Finding(title, subtitle, takeaway)


def _half(ranked: pd.DataFrame, shown: str, words: Words) -> str:
    """The fewest villages that together hold at least half."""
    total = ranked[shown].sum()
    n = int((ranked[shown].cumsum() * 2 < total).sum()) + 1
    share = ranked[shown][:n].sum() / total
    said = {"n": n, "villages": len(ranked), "noun": noun(ranked["village_code"], words), "share": share}
    return plural(words, f"villages_ranking.half_{shown}", **said)


def _spec(shown: str) -> str:
    return "n1" if shown == "kub_per_10k" else "n"


def ranks(ranked: pd.DataFrame, shown: str) -> list[int | None]:
    """Places of villages sorted by value: equal values share one, and too few KUB have none."""
    eligible = ranked[shown].where(ranked["kub"] >= RANKED_FROM)
    return [None if pd.isna(place) else int(place) for place in eligible.rank(method="min", ascending=False)]


def gaps(frame: pd.DataFrame, words: Words, **_: Any) -> Finding:
    """How many villages have no KUB, and in which districts most of them are."""
    subtitle = words("gaps.subtitle")
    if frame.empty:
        return Finding(words("gaps.none"), subtitle, words("gaps.takeaway_none"))
    title = plural(words, "gaps.title", len(frame), noun=noun(frame["village_code"], words, len(frame)))
    by_district = frame.groupby("district", sort=False).size().sort_values(ascending=False, kind="stable")
    most = [words("gaps.part", district=district, n=n) for district, n in by_district[:NAMED].items()]
    takeaway = words("gaps.takeaway" if len(by_district) > NAMED else "gaps.takeaway_all", names=words.listing(most))
    targets = int(frame["is_target"].sum())
    if 0 < targets < len(frame):
        takeaway += " " + plural(words, "gaps.targets", targets)
    return Finding(title, subtitle, takeaway)


def village_kub(frame: pd.DataFrame, words: Words, **_: Any) -> Finding:
    """How many KUB are listed, active and closed; the oldest and the youngest of the active."""
    subtitle = words("village_kub.subtitle")
    if frame.empty:
        return Finding(words("village_kub.none"), subtitle, words("village_kub.takeaway_none"))
    active = frame[frame["active"]]
    closed = len(frame) - len(active)
    places = frame["village_code"].nunique()
    where = frame["village"].iloc[0] if places == 1 else f"{words.number(places)} {noun(frame['village_code'], words)}"
    title = words("village_kub.title", active=count(words, "kub", len(active)), where=where)
    if closed:
        title += plural(words, "village_kub.closed", closed)
    if active.empty:
        return Finding(title, subtitle, words("village_kub.takeaway_closed"))
    oldest, youngest = active.loc[active["founded_on"].idxmin()], active.loc[active["founded_on"].idxmax()]
    takeaway = words("village_kub.takeaway_one", name=oldest["name"], on=oldest["founded_on"])
    if len(active) > 1:
        takeaway = words(
            "village_kub.takeaway", oldest=oldest["name"], oldest_on=oldest["founded_on"], youngest=youngest["name"], youngest_on=youngest["founded_on"]
        )  # fmt: skip
    if unreported := int(active["members"].isna().sum()):
        takeaway += " " + plural(words, "village_kub.unreported", unreported)
    return Finding(title, subtitle, takeaway)


def profile_years(frame: pd.DataFrame, words: Words, **_: Any) -> Finding:
    """Members of one village's KUB, then and now."""
    subtitle = words("profile_years.subtitle")
    rows = [row for row in frame.to_dict("records") if row["active"]]
    if not rows or rows[-1]["year"] != frame["year"].iloc[-1]:
        return Finding(words("profile_years.none"), subtitle, words("profile_years.none"))
    first, last = rows[0], rows[-1]
    members = count(words, "members", last["members"])
    said = {"members": members, "before": first["members"], "at": at(first, words), "kub": count(words, "kub", last["active"])}
    change = "single" if last is first else "same" if last["members"] == first["members"] else "up" if last["members"] > first["members"] else "down"
    takeaway = words("profile_years.takeaway", members=members, kub=said["kub"], at=at(last, words))
    if last["unreported"]:
        takeaway += " " + plural(words, "village_kub.unreported", last["unreported"])
    return Finding(words(f"profile_years.{change}", **said), subtitle, takeaway)
