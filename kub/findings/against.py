"""What a comparison of two scopes says: both values, and the difference in words.

One rule per kind of question, whatever is measured. `own` and `other` are the rows of the two
sides as asked; nothing else is looked at, so a sentence cannot know more than both sides show.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from kub.findings import Finding
from kub.findings.phrases import Row, records
from kub.words import Words
from kub.words.columns import amount_apart, heading, kind

# What belongs nowhere else: its difference is no finding.
OTHER_SECTOR = "lainnya"
# Of these more is "more"; of shares, averages and money it is "higher".
COUNTS = frozenset({"n", "n0"})
PEOPLE = frozenset({"members", "members_share", "women_share"})
MONEY = ("_idr", "revenue_per_kub", "revenue_per_member")  # endings
# Counted over a year: of an unfinished one they hold less, so the last finished one is told.
FLOWS = frozenset(
    {
        "founded",
        "closed",
        "visits",
        "visits_per_library",
        "visits_per_1k",
        "reported",
        "revenue_idr",
        "revenue_per_kub",
        "revenue_per_member",
    }
)


class Sides(NamedTuple):
    """own, other: names as a legend has them; in_own, in_other: as a sentence has them ('di
    Kecamatan Tulis').
    """

    own: str
    other: str
    in_own: str
    in_other: str


@dataclass(frozen=True)
class Part:
    """One row of both sides: its name, and the value of each; None where it has none.

    ranked: whether a title may call it the largest.
    """

    code: str
    name: str
    own: float | None
    other: float | None
    ranked: bool = True

    @property
    def leads(self) -> bool:
        return self.ranked and self.code != OTHER_SECTOR

    @property
    def apart(self) -> float:
        """How far they are apart; below zero where nobody can say."""
        if self.own is None or self.other is None:
            return -1.0
        return abs(self.own - self.other)


def value(number: object) -> float | None:
    """A number of a row, None where it is missing."""
    return None if pd.isna(number) else float(number)  # type: ignore[arg-type, call-overload]


def spec_of(column: str, *frames: pd.DataFrame) -> str:
    """How the values of a column are written."""
    return kind(column, next((frame[column] for frame in frames if len(frame)), frames[0][column]))


def write(number: float | None, column: str, spec: str, words: Words) -> str:
    """A value in a sentence; of people a missing one is withheld, money may be, others are not on
    record.
    """
    if number is None and column in PEOPLE:
        return words("withheld.short")
    if number is None:
        return words("against.hidden" if column.endswith(MONEY) else "against.unknown")
    return words.write(number, short(spec))


def short(spec: str) -> str:
    """Amounts of money in three digits."""
    return "rp3" if spec == "rp" else spec


def pair(
    own: float | None,
    other: float | None,
    column: str,
    spec: str,
    sides: Sides,
    words: Words,
    what: str = "",
) -> str:
    """'24 KUB aktif di Kecamatan Tulis, 18 di Kecamatan Bandar: 6 lebih banyak'.

    what: what is measured; the column's heading where it is left out.
    """
    values = {
        "a": write(own, column, spec, words),
        "b": write(other, column, spec, words),
        "own": sides.in_own,
        "other": sides.in_other,
    }
    key = f"against.pair.{column}"
    if words.has(key) and not what:
        both = words(key, **values)
    else:
        name = what or heading(column, pd.Series([1.0]), words)
        both = words("against.pair_of", what=name, **values)
    if own is None or other is None:
        return both
    return words(
        f"against.{direction(own, other, spec, words)}",
        pair=both,
        **amounts(own, other, spec, words),
    )


def amounts(own: float, other: float, spec: str, words: Words) -> dict[str, str]:
    return {"difference": amount_apart(own - other, short(spec), words)}


def direction(own: float, other: float, spec: str, words: Words) -> str:
    """'same', 'more' or 'fewer' of counts, 'higher' or 'lower' of others; as written, so that two
    values that read alike differ in nothing.
    """
    if words.write(own, short(spec)) == words.write(other, short(spec)):
        return "same"
    up, down = ("more", "fewer") if spec in COUNTS else ("higher", "lower")
    return up if own > other else down


def total(
    own: pd.DataFrame, other: pd.DataFrame, sides: Sides, column: str, words: Words
) -> Finding:
    """Questions of one row: the chosen number of both sides."""
    spec = spec_of(column, own, other)
    first, second = (value(frame[column].iloc[0]) for frame in (own, other))
    title = pair(first, second, column, spec, sides, words)
    return Finding(title, "", "", withheld([first, second], column, words))


def years(
    own: pd.DataFrame,
    other: pd.DataFrame,
    sides: Sides,
    columns: Sequence[str],
    words: Words,
    what: str = "",
) -> Finding:
    """A course: where both sides stand at the end, and where they stood in the first year that
    both have. columns: what is drawn, the first of which the title says. what: as in `pair`.
    """
    column, subtitle = columns[0], what or heads(columns, own, words)
    spec = spec_of(column, own, other)
    lines = [records(frame) for frame in (own, other)]
    if not all(lines):
        return _nothing(lines, sides, subtitle, words)
    by_year = [{row["year"]: value(row[column]) for row in line} for line in lines]
    shared = [
        year
        for year, number in by_year[0].items()
        if number is not None and by_year[1].get(year) is not None
    ]
    ends = [_end(line, column) for line in lines]
    first, second = (value(row[column]) for row in ends)
    dated = column in FLOWS
    # Where the last year is not known of both, the newest that is.
    if (first is None or second is None) and shared and ends[0]["year"] == ends[1]["year"]:
        ends = [_of_year(line, shared[-1]) for line in lines]
        first, second = (value(row[column]) for row in ends)
        dated = True
    title = pair(first, second, column, spec, sides, words, what)
    year = ends[0]["year"]
    if dated and year == ends[1]["year"] and str(year) not in sides.in_own:
        title = words("against.then", year=year, pair=title)
    sentences: list[str] = []
    alike = len(shared) > 1 and all(by_year[0][year] == by_year[1][year] for year in shared)
    if alike:
        sentences.append(words("against.alike_until", year=shared[-1]))
    elif shared and shared[0] < min(row["year"] for row in ends):
        then = pair(by_year[0][shared[0]], by_year[1][shared[0]], column, spec, sides, words, what)
        sentences.append(f"{words('against.then', year=shared[0], pair=then)}.")
    caveats = [] if alike else _missing_years(by_year, sides, words)
    caveats += _unfinished(lines, sides, words)
    caveats.append(withheld([*by_year[0].values(), *by_year[1].values()], column, words))
    caveat = " ".join(part for part in caveats if part)
    return Finding(title, subtitle, " ".join(sentences), caveat)


def _of_year(line: Sequence[Row], year: int) -> Row:
    return next(row for row in line if row["year"] == year)


def _end(line: Sequence[Row], column: str) -> Row:
    """The year that is compared: the last one, of what is counted over a year the last finished."""
    finished = [row for row in line if not row.get("provisional")]
    return finished[-1] if column in FLOWS and finished else line[-1]


def ages(
    own: pd.DataFrame, other: pd.DataFrame, sides: Sides, column: str, words: Words
) -> Finding:
    """Survival: at the highest age that both have."""
    spec = spec_of(column, own, other)
    known = [dict(zip(frame["years"], frame[column], strict=True)) for frame in (own, other)]
    shared = sorted(known[0].keys() & known[1].keys())
    if not shared or not shared[-1]:
        return Finding(
            words("against.no_age"), heads([column], own, words), words("against.no_age_todo")
        )
    age = shared[-1]
    says = pair(value(known[0][age]), value(known[1][age]), column, spec, sides, words)
    title = words("against.at_age", n=age, pair=says)
    return Finding(title, heads([column], own, words), "")


def heads(columns: Sequence[str], frame: pd.DataFrame, words: Words) -> str:
    """What is measured, as the columns of the table are headed."""
    return words.listing([heading(column, frame[column], words) for column in columns])


def _nothing(lines: list[list[Row]], sides: Sides, subtitle: str, words: Words) -> Finding:
    names = [name for line, name in zip(lines, sides[2:], strict=True) if not line]
    title = words("against.nothing", where=words.listing(names))
    return Finding(title, subtitle, "")


def _missing_years(by_year: list[dict[int, float | None]], sides: Sides, words: Words) -> list[str]:
    """Years that one side alone lists."""
    sentences = []
    for mine, theirs, where in zip(by_year, reversed(by_year), sides[2:], strict=True):
        only = [year for year in mine if year not in theirs]
        if only:
            span = str(only[0]) if len(only) == 1 else f"{only[0]}–{only[-1]}"
            key = "one_sided" if only == list(range(only[0], only[-1] + 1)) else "one_sided_some"
            sentences.append(words(f"against.{key}", years=span, where=where))
    return sentences


def _unfinished(lines: list[list[Row]], sides: Sides, words: Words) -> list[str]:
    """Last years that are not over."""
    open_ones = [
        (row["year"], words.date(row["as_of"]), where)
        for (*_, row), where in zip(lines, sides[2:], strict=True)
        if row.get("provisional")
    ]
    if len(open_ones) == 2 and open_ones[0][:2] == open_ones[1][:2]:
        return [words("against.unfinished", year=open_ones[0][0], on=open_ones[0][1])]
    return [
        words("against.unfinished_in", year=year, on=on, where=where)
        for year, on, where in open_ones
    ]


def withheld(numbers: Sequence[float | None], column: str, words: Words) -> str:
    """That figures of people, or of money, are missing, and with them their differences."""
    if not any(number is None for number in numbers):
        return ""
    if column in PEOPLE:
        return words("against.withheld")
    return words("against.withheld_money") if column.endswith(MONEY) else ""
