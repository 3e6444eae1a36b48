"""The supporting programmes beside the KUB: a line for each part of a programme."""

import pandas as pd

from kub.findings import Finding
from kub.findings.leaders import on_day
from kub.findings.phrases import Row, plural, records
from kub.words import Words
from queries.filters import Filters

EVERYTHING = Filters()
UNPLACED = ("awards", "study_visits")  # parts that no filter of place narrows


def supporting(frame: pd.DataFrame, words: Words, filters: Filters = EVERYTHING) -> Finding:
    """All parts on a single line: 'Program pendukung: 3 LKM, 15 perpustakaan, …'."""
    subtitle = words("supporting.subtitle")
    if frame.empty:
        return Finding(words("supporting.empty"), subtitle, words("supporting.empty_todo"))
    is_whole = frame["part"].isin(UNPLACED) & bool(filters.districts or filters.villages)
    here, whole = frame[~is_whole], frame[is_whole]
    sentences = [f"{line}." for _, line in lines(here, words)]
    # Awards and study visits are of no village: under its name they would seem to be.
    caveat = ""
    if len(whole):
        caveat = words("supporting.whole", parts=_parts(whole, words))
    if here.empty:
        return Finding(words("supporting.empty"), subtitle, words("supporting.empty_todo"), caveat)
    return Finding(
        words("supporting.title", parts=_parts(here, words)), subtitle, " ".join(sentences), caveat
    )


def _parts(frame: pd.DataFrame, words: Words) -> str:
    return ", ".join(
        plural(words, f"supporting.short.{row['part']}", row["n"]) for row in records(frame)
    )


def lines(frame: pd.DataFrame, words: Words, year: int | None = None) -> list[tuple[str, str]]:
    """(part, sentence) of each part, for the overview.

    year: to which the visits of libraries belong, where known.
    """
    return [(row["part"], _line(row, words, year)) for row in records(frame)]


def _line(row: Row, words: Words, year: int | None) -> str:
    part = row["part"]
    parts = [plural(words, f"supporting.line.{part}", row["n"])]
    if not pd.isna(row["people"]):
        if year is None:
            when = words("supporting.last_year")
        else:
            when = words("supporting.in_year", year=year)
        parts.append(plural(words, f"supporting.people.{part}", int(row["people"]), when=when))
    if part == "school_visits":
        parts.append(words("supporting.since", year=row["first_on"].year))
    if part == "awards":
        parts.append(words("supporting.newest", on=row["last_on"].year))
    if part == "study_visits":
        parts.append(words("supporting.newest", on=on_day(row["last_on"], words)))
    return ", ".join(parts)
