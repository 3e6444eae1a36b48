"""The strip of six numbers that Ringkasan opens with, each beside
what it was at the end of the year before.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from kub.findings.overview import change, known, moment
from kub.findings.phrases import Row, at, village_noun
from kub.words import Words

NO_GOALS: Mapping[str, str] = MappingProxyType({})  # no indicator has a target
MEMBERS_PER_KUB = 2  # its place among `numbers`


class Number(NamedTuple):
    """One large number. note: its comparison, or "as of".

    tone: up, down or "" (only colours the note). goal: where it stands against its target of the
    year; "" where it has none.
    """

    label: str
    value: str
    note: str = ""
    tone: str = ""
    goal: str = ""

    @property
    def below(self) -> str:
        """What stands under the number where it is a single text."""
        return _joined(self.note, self.goal)


def numbers(
    frame: pd.DataFrame,
    words: Words,
    before: pd.DataFrame | None = None,
    kelurahan: bool = False,
    goals: Mapping[str, str] = NO_GOALS,
) -> list[Number]:
    """KUB, members, members per KUB, coverage, women, KUB that reported.

    frame, before: the one row of `headline` now and a year earlier (None where there is no
    earlier year). kelurahan: whether the villages are called so here. goals: by indicator of the
    targets, where it stands.
    """
    row = moment(frame)
    past = None if before is None else moment(before)
    parts = [
        ("kub", _counted("kub", row, past, words)),
        ("anggota", _counted("members", row, past, words)),
        ("", _per_kub(row, past, words)),
        ("desa", _coverage(row, past, words, kelurahan)),
        ("perempuan", _women(row, past, words)),
        ("", _reported(row, words)),
    ]
    return [number._replace(goal=goals.get(indicator, "")) for indicator, number in parts]


def _counted(column: str, row: Row, past: Row | None, words: Words) -> Number:
    label = words(f"headline.label.{column}")
    if not known(row[column]):
        return Number(label, words("withheld.short"), words("withheld.note"))
    value = words.number(row[column])
    if past is None or not known(past[column]):
        return Number(label, value, at(row, words))
    difference = row[column] - past[column]
    note = words("headline.note.since", change=change(words, difference), year=past["year"])
    return Number(label, value, note, _tone(difference))


def _tone(difference: float) -> str:
    if difference == 0:
        return ""
    return "up" if difference > 0 else "down"


def _per_kub(row: Row, past: Row | None, words: Words) -> Number:
    label = words("headline.label.members_per_kub")
    # Without any KUB the mean is missing too, but then nothing is withheld.
    if row["kub"] and not known(row["members"]):
        return Number(label, words("withheld.short"), words("withheld.note"))
    return Number(
        label, words.write(row["members_per_kub"], "n1"), _was("members_per_kub", "n1", past, words)
    )


def _coverage(row: Row, past: Row | None, words: Words, kelurahan: bool) -> Number:
    kind = "kelurahan" if kelurahan else "village"
    label = words(f"headline.label.coverage_{kind}")
    values = {"villages": row["villages"], "noun": village_noun(words, kelurahan, row["villages"])}
    note = words("headline.note.covered", covered=row["villages_covered"], **values)
    if past is None:
        moved = ""
    else:
        moved = change(words, row["villages_covered"] - past["villages_covered"])
    return Number(label, _percent(row["coverage"], words), _joined(note, moved))


def _women(row: Row, past: Row | None, words: Words) -> Number:
    """Among members whose sex is known; the note says how many that leaves out."""
    # Only readers' rows have `withheld`: what an analyst misses is unknown, not withheld.
    if row.get("withheld") and not known(row["women_share"]):
        return Number(
            words("headline.label.women"), words("withheld.short"), words("withheld.note")
        )
    stated = row["women_known_share"]
    label, value = words("headline.label.women"), _percent(row["women_share"], words)
    if not stated > 0:  # also where there are no members: then it is NaN
        return Number(label, value, words("headline.note.unknown_all"))
    unknown = ""
    if stated < 1:
        unknown = words("headline.note.unknown", unknown=1 - stated)
    return Number(label, value, _joined(_was("women_share", "p", past, words), unknown))


def _reported(row: Row, words: Words) -> Number:
    never = ""
    if row["unreported"]:
        never = words("headline.note.unreported", n=row["unreported"])
    note = words("headline.note.reported", kub=row["kub"], year=row["year"])
    return Number(
        words("headline.label.reported"), words.number(row["reported"]), _joined(note, never)
    )


def _percent(share: float | None, words: Words) -> str:
    """'5,6 %', but '100 %': '100,0 %' would be wider than its column."""
    spec = "p0" if share == 1 else "p"
    return words.write(share, spec)


def _was(column: str, spec: str, past: Row | None, words: Words) -> str:
    # A programme's first year has no year before; shares of no KUB are NaN, not 0.
    if past is None or not past["kub"] or not known(past[column]):
        return ""
    return words(f"headline.note.was_{spec}", before=past[column], year=past["year"])


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
