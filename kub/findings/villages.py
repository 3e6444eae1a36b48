"""What the screen Desa says: in which villages there are KUB, how
concentrated they are, which villages have none.
"""

from collections import Counter
from typing import Any

import pandas as pd

from kub.findings import Finding
from kub.findings.coverage import coverage as coverage
from kub.findings.coverage import coverage_years as coverage_years
from kub.findings.leaders import leading
from kub.findings.overview import people
from kub.findings.phrases import count, plural, span, village_noun
from kub.findings.profile import profile_years as profile_years
from kub.findings.profile import village_kub as village_kub
from kub.findings.profile import village_profile as village_profile
from kub.findings.reach import NAMED, RANKED_FROM, amount, column, named, noun, spec, states, valued
from kub.words import Words
from queries.filters import Filters

EVERYTHING = Filters()
# More bars than this cannot be read from five metres; the table has them all.
SHOWN = 15


def villages(
    frame: pd.DataFrame,
    words: Words,
    measure: str = "kub",
    per: str = "",
    areas: Any = None,
    filters: Filters = EVERYTHING,
) -> Finding:
    """In how many villages there are KUB, and where most.

    areas: what the map draws (kub/places/areas.py).
    """
    shown = column(measure, per)
    values = {"noun": noun(frame["village_code"], words)}
    kind = areas.kind if areas is not None else "tiles"
    parts = [words(f"villages.subtitle.{shown}", **values), words(f"villages.map.{kind}", **values)]
    subtitle = " · ".join(parts)
    if frame.empty:
        return Finding(words("villages.title.empty"), subtitle, words("villages.todo"))
    # Rows are all villages of the scope, those without KUB among them.
    covered = frame[frame["kub"] > 0]
    if covered.empty:
        if len(frame) > 1:
            kind = "none"
        elif named_by(filters):
            kind = "none_here"
        else:
            kind = "none_one"
        title = words(
            f"villages.title.{kind}",
            villages=len(frame),
            village=frame["village"].iloc[0],
            **values,
        )
        return Finding(title, subtitle, words("villages.todo"))
    spread = _spread(frame, covered, words) if len(frame) > 1 else [_alone(covered, words)]
    ranked = valued(frame, shown)
    if len(frame) == 1 and len(ranked):
        value = amount(words, shown, ranked[shown].iloc[0])
        key = "villages.title.here" if named_by(filters) else "villages.title.one"
        title = words(key, village=ranked["village"].iloc[0], amount=value)
    else:
        title = _title(frame, covered, ranked, measure, shown, words)
    return Finding(title, subtitle, " ".join(spread), " ".join(_open_ends(frame, shown, words)))


def named_by(filters: Filters) -> bool:
    """Whether the filter names the one village that there is to
    speak of, so that a title need not.
    """
    return len(filters.villages) == 1


def _title(
    frame: pd.DataFrame,
    covered: pd.DataFrame,
    ranked: pd.DataFrame,
    measure: str,
    shown: str,
    words: Words,
) -> str:
    every = "all" if len(covered) == len(frame) else "some"
    # then a sum or a leader of those shown would mislead
    hidden = "suppressed" in states(frame, shown)
    counted = measure if len(ranked) and not hidden else "kub"
    title = plural(
        words,
        f"villages.title.{counted}_{every}",
        len(covered),
        villages=len(frame),
        noun=noun(frame["village_code"], words, len(frame)),
        amount=count(words, counted, int(covered[counted].sum())),
    )
    if not hidden:
        title += _leader(ranked, shown, words)
    return title


def _leader(ranked: pd.DataFrame, shown: str, words: Words) -> str:
    """', terbanyak di …': left out where too many share the top, or the
    count behind it is too small to rank.
    """
    if len(ranked) < 2:
        return ""
    top = ranked[ranked[shown] == ranked[shown].iloc[0]]
    # A density behind which stands one KUB leads no ranking (docs/definitions.md).
    if len(top) > NAMED or len(top) == len(ranked) or top["kub"].min() < RANKED_FROM:
        return ""
    names = [
        name
        for name, code in zip(named(ranked), ranked["village_code"], strict=True)
        if code in set(top["village_code"])
    ]
    highest = words.write(top[shown].iloc[0], spec(shown))
    return plural(
        words, f"villages.leader.{shown}", len(top), names=words.listing(names), amount=highest
    )


def _alone(covered: pd.DataFrame, words: Words) -> str:
    kub, members = (
        count(words, "kub", int(covered["kub"].iloc[0])),
        people(words, covered["members"].iloc[0]),
    )
    return words("villages.takeaway.one", kub=kub, members=members)


def _spread(frame: pd.DataFrame, covered: pd.DataFrame, words: Words) -> list[str]:
    """Over how many districts the villages with KUB are spread, and how many villages have none."""
    sentences = []
    here, of = list(dict.fromkeys(covered["district"])), frame["district"].nunique()
    if of > 1 and len(here) == of:
        sentences.append(words("villages.takeaway.everywhere", of=of))
    elif of > 1 and len(here) > NAMED:
        sentences.append(words("villages.takeaway.spread", n=len(here), of=of))
    elif of > 1:
        sentences.append(
            plural(
                words, "villages.takeaway.districts", len(here), names=words.listing(here), of=of
            )
        )
    gaps = len(frame) - len(covered)
    nouns = noun(frame["village_code"], words, gaps)
    if gaps:
        sentences.append(plural(words, "villages.takeaway.gaps", gaps, noun=nouns))
    else:
        sentences.append(words("villages.takeaway.no_gap", noun=nouns))
    return sentences


def _open_ends(frame: pd.DataFrame, shown: str, words: Words) -> list[str]:
    """What the values leave open: members not reported, residents not stated, figures withheld."""
    of = Counter(states(frame, shown))
    partly = (frame["unreported"] > 0) & (frame["unreported"] < frame["kub"]) & (shown == "members")
    open_ends = {key: of[key] for key in ("not_reported", "no_population", "suppressed")} | {
        "partly": int(partly.sum())
    }
    sentences = [
        plural(words, f"villages.takeaway.{key}", n, noun=noun(frame["village_code"], words, n))
        for key, n in open_ends.items()
        if n
    ]
    if shown == "kub_per_10k" and (
        years := sorted(set(frame["population_year"].dropna().astype(int)))
    ):
        population_years = span(years[0], years[-1])
        sentences.append(words("villages.takeaway.population_year", years=population_years))
    return sentences


def villages_ranking(
    frame: pd.DataFrame,
    words: Words,
    measure: str = "kub",
    per: str = "",
    filters: Filters = EVERYTHING,
) -> Finding:
    """How few villages hold half of all; or how dense KUB are where residents are known."""
    shown = column(measure, per)
    nouns = noun(frame["village_code"], words)
    what = words(f"villages_ranking.subtitle.{shown}", noun=nouns)
    subtitle = what + words("villages_ranking.numbered")
    ranked = valued(frame, shown)
    if ranked.empty or not ranked[shown].sum():
        return Finding(words("villages_ranking.empty"), subtitle, words("villages.todo"))
    sentences = _rest(ranked, shown, words)
    if len(ranked) > 1:
        sentences.insert(0, _first(ranked, shown, words))
    takeaway = " ".join(sentences)
    if len(ranked) == 1:
        value = amount(words, shown, ranked[shown].iloc[0])
        if int((frame["kub"] > 0).sum()) == 1 and shown != "kub_per_10k":
            alone = "one"
        else:
            alone = "one_dense"
        key = "here" if named_by(filters) else alone
        title = words(f"villages_ranking.{key}", village=ranked["village"].iloc[0], amount=value)
    elif shown == "kub_per_10k":
        title = words(
            "villages_ranking.dense",
            villages=len(ranked),
            noun=nouns,
            median=ranked[shown].median(),
        )
    elif "suppressed" in states(frame, shown):
        title = words("withheld.ranking", villages=len(ranked), noun=nouns)
    else:
        title = _half(ranked, shown, words, nouns)
    return Finding(title, subtitle, takeaway, measure=what)


def _first(ranked: pd.DataFrame, shown: str, words: Words) -> str:
    """The villages at the top by name; where more share a value
    than can be named, how many they are.
    """
    eligible = ranked[ranked["kub"] >= RANKED_FROM]
    if eligible.empty:
        return words("villages_ranking.unranked", noun=noun(ranked["village_code"], words))
    values = eligible[shown].tolist()
    # Where the value of the last name also stands behind it, that value is counted instead of
    # named.
    level = values[NAMED] if len(values) > NAMED and values[NAMED] == values[NAMED - 1] else None
    names = dict(zip(ranked["village_code"], named(ranked), strict=True))
    parts = [
        f"{names[code]} ({words.write(value, spec(shown))})"
        for code, value in zip(eligible["village_code"][:NAMED], values, strict=False)
        if value != level
    ]
    if level is not None:
        tied = values.count(level)
        tie = {
            "n": tied,
            "noun": noun(ranked["village_code"], words, tied),
            "value": words.write(level, spec(shown)),
        }
        parts.append(words("villages_ranking.level", **tie))
    return words("villages_ranking.takeaway", names=words.listing(parts))


def _rest(ranked: pd.DataFrame, shown: str, words: Words) -> list[str]:
    """How many villages the chart leaves out, and how many of them
    are level with the last one shown.
    """
    rest = ranked[SHOWN:]
    if rest.empty:
        return []
    # Where the cut runs between equal values the sentence says so, for it says nothing of the
    # villages.
    tied = int((rest[shown] == ranked[shown].iloc[SHOWN - 1]).sum())
    values = {"noun": noun(ranked["village_code"], words, len(rest)), "tied": tied}
    key = "villages_ranking.more_tied" if tied else "villages_ranking.more"
    return [plural(words, key, len(rest), **values)]


def _half(ranked: pd.DataFrame, shown: str, words: Words, nouns: str) -> str:
    """The fewest villages that together hold at least half."""
    having = ranked[shown][ranked[shown] > 0]
    total = having.sum()
    # The villages that together stay below half, and one more.
    n = int((having.cumsum() * 2 < total).sum()) + 1
    share = having[:n].sum() / total
    return plural(
        words, f"villages_ranking.half_{shown}", n, villages=len(having), noun=nouns, share=share
    )


def gaps(
    frame: pd.DataFrame, words: Words, kelurahan: bool = False, filters: Filters = EVERYTHING
) -> Finding:
    """How many villages have no KUB, and in which districts most of them are.

    kelurahan: what they are called.
    """
    plenty = village_noun(words, kelurahan)
    subtitle = words("gaps.subtitle", noun=plenty)
    if frame.empty:
        return Finding(words("gaps.none", noun=plenty), subtitle, words("gaps.takeaway_none"))
    nouns = noun(frame["village_code"], words, len(frame))
    title = plural(words, "gaps.title", len(frame), noun=nouns)
    by_district = (
        frame.groupby("district", sort=False).size().sort_values(ascending=False, kind="stable")
    )
    names, numbers = [str(district) for district in by_district.index], by_district.tolist()
    if len(names) == 1:
        takeaway = "" if len(filters.districts) == 1 else words("gaps.by_district", names=names[0])
    elif len(names) <= NAMED:
        listed = zip(names, numbers, strict=True)
        takeaway = words(
            "gaps.by_district",
            names=words.listing([f"{name} ({words.number(n)})" for name, n in listed]),
        )
    elif most := leading(names, numbers, words):
        takeaway = words("gaps.most", names=most)
    else:
        takeaway = words("gaps.level", most=numbers[0], n=numbers.count(numbers[0]))
    # Where all or none are targets there is nothing to add.
    targets = int(frame["is_target"].sum())
    if 0 < targets < len(frame):
        takeaway = f"{takeaway} {plural(words, 'gaps.targets', targets)}".lstrip()
    return Finding(title, subtitle, takeaway)
