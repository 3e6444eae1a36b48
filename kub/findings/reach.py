"""Villages in words: their state, their names, their places in a ranking.

Shared by findings and charts of Desa.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

import pandas as pd

from kub.findings.leaders import NAMED as NAMED
from kub.findings.phrases import count, village_noun
from kub.places import is_kelurahan
from kub.words import Words

# No rank where the count behind it is below 5 (docs/definitions.md, Confidence intervals).
RANKED_FROM = 5

VillageState = Literal["value", "none", "not_reported", "suppressed", "no_population"]


def column(measure: str, per: str = "") -> str:
    """The column a view is about: kub, members, or kub_per_10k for values per resident."""
    return "kub_per_10k" if per == "residents" else measure


def spec(shown: str) -> str:
    """How values of that column are written."""
    return "n1" if shown == "kub_per_10k" else "n"


def states(frame: pd.DataFrame, shown: str) -> list[VillageState]:
    """Why a village has a value, or none: no KUB, no report yet, withheld, or residents unknown."""
    rows = zip(frame["kub"], frame["unreported"], frame[shown], strict=True)
    return [_state(kub, unreported, value, shown) for kub, unreported, value in rows]


def _state(kub: int, unreported: int, value: float, shown: str) -> VillageState:
    # The order counts: without KUB no report can be missing, and without reports nothing is
    # withheld.
    if kub == 0:
        return "none"
    if shown == "members" and unreported == kub:
        return "not_reported"
    if pd.isna(value):
        return "no_population" if shown == "kub_per_10k" else "suppressed"
    return "value"


def valued(frame: pd.DataFrame, shown: str) -> pd.DataFrame:
    """The villages with a value, most first; of equal ones in the order of codes."""
    # Stable: villages of equal value keep the order of codes, so a chart looks the same each time.
    kept = pd.Series([state == "value" for state in states(frame, shown)], frame.index, dtype=bool)
    return frame[kept].sort_values(shown, ascending=False, kind="stable")


def ranks(ranked: pd.DataFrame, shown: str) -> list[int | None]:
    """Places of villages sorted by value: equal values share one, and
    villages with too few KUB have none.
    """
    # "min": two that share the third place are both third, and the next is fifth.
    eligible = ranked[shown].where(ranked["kub"] >= RANKED_FROM)
    return [
        None if pd.isna(place) else int(place)
        for place in eligible.rank(method="min", ascending=False)
    ]


def noun(codes: Iterable[str], words: Words, n: float = 2) -> str:
    """'desa', or 'kelurahan' where all are (their last four digits begin with 1).

    n: for the English singular.
    """
    listed = list(codes)
    town = bool(listed) and all(is_kelurahan(code) for code in listed)
    return village_noun(words, town, n)


def named(frame: pd.DataFrame) -> list[str]:
    """The villages' names, with the district where two share one."""
    twice = {name for name, times in Counter(frame["village"]).items() if times > 1}
    pairs = zip(frame["village"], frame["district"], strict=True)
    return [
        f"{village} ({district})" if village in twice else village for village, district in pairs
    ]


def amount(words: Words, shown: str, value: float) -> str:
    """'23 KUB aktif', '312 anggota', '4,2 KUB per 10.000 penduduk'."""
    if shown == "kub_per_10k":
        return words("villages.per_10k", value=value)
    return count(words, shown, value)
