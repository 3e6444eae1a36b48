"""What Ringkasan opens with: the sentence behind the number of active KUB, on how it moves."""

import pandas as pd

from kub.findings.leaders import years_of
from kub.findings.overview import moment, people
from kub.findings.pace import FELT, SMALL, pace, pace_title, paces
from kub.findings.phrases import Row, records, village_noun
from kub.words import Words

LULL = 2  # finished years, and what has passed since: docs/definitions.md, growth that has stopped
BRISK = 0.03  # a year: what grew more slowly before did not stop, it never gathered pace


def hero(now: pd.DataFrame, growth: pd.DataFrame | None, words: Words, kelurahan: bool) -> str:
    """The sentence without its number, which is drawn large before it: 'KUB aktif, hampir berhenti
    tumbuh sejak akhir 2020'.

    now: the row of `headline`; growth: rows of that question, None where its course is not to be
    spoken of. kelurahan: whether the villages are called so here.
    """
    row = moment(now)
    noun = words("hero.noun")
    course = "" if growth is None else _course(growth, row["kub"], noun, words)
    return course or _counted(row, noun, kelurahan, words)


def lull(growth: pd.DataFrame) -> int | None:
    """The year since whose end growth has almost stopped, after it was brisk; else None.

    growth: rows of `growth`. Also the unfinished year must fit: half a year with as many new KUB as
    used to come in a whole one is no lull.
    """
    before = pace(growth, back=LULL)
    if before is None or before.first < SMALL or before.rate < BRISK:
        return None
    counts = {row["year"]: row["active"] for row in records(growth)}
    since = before.until
    lowest, highest = counts[since], counts[since] * (1 + FELT) ** LULL
    later = [count for year, count in counts.items() if year > since]
    return since if all(lowest <= count < highest for count in later) else None


def _course(growth: pd.DataFrame, kub: int, noun: str, words: Words) -> str:
    """How it moved; '' where there is too little to say so."""
    rows = records(growth)
    # Of another moment than the number it would be a sentence about something else.
    if not rows or rows[-1]["active"] != kub:
        return ""
    if not kub:
        peak = max(row["active"] for row in rows)
        year = years_of(rows, "active", words)
        return words("hero.gone", noun=noun, peak=peak, year=year) if peak else ""
    since = lull(growth)
    if since is not None:
        before = next(row["active"] for row in rows if row["year"] == since)
        key = "stalls" if kub > before else "stopped"
        return words(f"hero.{key}", noun=noun, since=since)
    now, before_now = paces(growth, "active")
    return pace_title(now, before_now, noun, words) if now else ""


def _counted(row: Row, noun: str, kelurahan: bool, words: Words) -> str:
    """How many members they have, and in how many villages they are."""
    if not row["kub"]:
        return noun
    villages = row["villages"]
    key = "alone" if villages == 1 else "counted"
    return words(
        f"hero.{key}",
        noun=noun,
        members=people(words, row["members"]),
        covered=row["villages_covered"],
        villages=villages,
        place=village_noun(words, kelurahan, villages),
    )
