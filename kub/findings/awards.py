"""What the awards say: how many, from whom, first and last, and where sources are unsure or
disagree.

Names of awards and bodies stay as the source writes them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from babel.dates import format_date

from kub.findings import Finding
from kub.findings.phrases import Row, plural, records
from kub.words import Words

# A record must name who gave an award; where the source does not, it says so in these words.
UNNAMED = ("tidak disebut dalam sumber", "tidak disebut", "-")
BEFORE = "before "


@dataclass(frozen=True)
class When:
    """When an award was made, as exactly as its source says.

    kind: day | month | year | before (any time up to `last`) | unknown. first, last: the days it
    may mean.
    """

    kind: str
    first: date | None = None
    last: date | None = None


def when(row: Row) -> When:
    """The days a row of `awards` may mean.

    A record of a day within the month or year published is of that day.
    """
    written = _text(row["published_as"])
    if pd.isna(row["awarded_on"]):
        # A source that knows only "before 2018" has no date to record: the words beside it tell.
        year = written.removeprefix(BEFORE)
        if written.startswith(BEFORE) and year.isdigit():
            return When("before", None, date(int(year) - 1, 12, 31))
        return When("unknown")
    day: date = pd.Timestamp(row["awarded_on"]).date()
    # A year or month alone is stored as its last day (docs/records.md), so the day itself cannot
    # tell which was meant; what the source wrote decides.
    if written == f"{day:%Y}" and (day.month, day.day) == (12, 31):
        return When("year", date(day.year, 1, 1), day)
    if written == f"{day:%Y-%m}" and (day + timedelta(days=1)).day == 1:
        return When("month", day.replace(day=1), day)
    return When("day", day, day)


def ordered(frame: pd.DataFrame) -> list[tuple[Row, When]]:
    """Rows with their time: those known only as before a year first,
    then by date, those without any last.
    """
    rank = {"before": 0, "unknown": 2}
    pairs = [(row, when(row)) for row in records(frame)]
    return sorted(pairs, key=lambda pair: (rank.get(pair[1].kind, 1), pair[1].last or date.max))


def written_date(row: Row, time: When, words: Words, short: bool = False) -> str:
    """'3 November 2017', 'September 2019', '2018', 'sebelum 2018', 'berita 7 Apr 2017'.

    short: months cut short.
    """
    if time.last is None:
        return words("awards.when.unknown")
    if time.kind == "before":
        return words("awards.when.before", year=time.last.year + 1)
    name = "MMM" if short else "MMMM"
    pattern = {"day": f"d {name} y", "month": f"{name} y", "year": "y"}[time.kind]
    text = format_date(time.last, pattern, locale=words.lang)
    if row["remark"] == "report_date":
        return words("awards.when.report", on=text)
    return text


def body(row: Row, words: Words) -> str:
    """The awarding body, or that the source does not name it."""
    if _named(row):
        return str(row["awarding_body"]).strip()
    return words("awards.body_unknown")


def _named(row: Row) -> bool:
    name = _text(row["awarding_body"])
    return bool(name) and name.casefold() not in UNNAMED


def _text(value: Any) -> str:
    """A text cell without blanks around it; '' where it is missing."""
    if pd.isna(value):
        return ""
    return str(value).strip()


def remark(row: Row, words: Words) -> str:
    """What is unsure about a row, in words; '' where nothing is,
    or the date itself shows it.
    """
    code = _text(row["remark"])
    key = f"cell.remark.{code}"
    if not code or not words.has(key):
        return ""
    return words(key)


def awards(frame: pd.DataFrame, words: Words) -> Finding:
    """How many awards from how many bodies, the first and the last, and what sources leave open."""
    subtitle = words("awards.subtitle")
    if frame.empty:
        return Finding(words("awards.empty"), subtitle, words("awards.empty_todo"))
    pairs = ordered(frame)
    # Awards on record are counted; those that publications alone know are added at the end.
    own = [pair for pair in pairs if pair[0]["recorded"]]
    counted = own or pairs
    kind = "recorded" if own else "published"
    title = plural(words, f"awards.title.{kind}", len(counted))
    # Sources write one and the same body in capitals and in small letters.
    bodies = len({body(row, words).casefold() for row, _ in counted if _named(row)})
    if bodies:
        title += plural(words, "awards.bodies", bodies)
    dated = [(row, time) for row, time in counted if time.first]
    if dated:
        title += f", {_years(dated)}"
    if own and len(own) < len(pairs):
        title += plural(words, "awards.more", len(pairs) - len(own))
    return Finding(title, subtitle, _first_and_last(dated, words), " ".join(_doubts(pairs, words)))


def _years(dated: list[tuple[Row, When]]) -> str:
    first, last = (str(time.last)[:4] for _, time in (dated[0], dated[-1]))
    return first if first == last else f"{first}–{last}"


def _first_and_last(dated: list[tuple[Row, When]], words: Words) -> str:
    """The first and the last by name; '' where several may have been it."""
    if not dated:
        return ""
    if len(dated) == 1:
        return words("awards.only", award=_with_date(*dated[0], words))
    (row, time), (last_row, last_time) = dated[0], dated[-1]
    texts = []
    if _is_apart(time, dated[1][1]):
        texts.append(words("awards.first", first=_with_date(row, time, words)))
    if _is_apart(dated[-2][1], last_time):
        texts.append(words("awards.last", last=_with_date(last_row, last_time, words)))
    return " ".join(texts)


def _with_date(row: Row, time: When, words: Words) -> str:
    return f"{str(row['award']).strip()} ({written_date(row, time, words)})"


def _is_apart(earlier: When, later: When) -> bool:
    """Whether an award surely came before another: a year alone may mean any of its days."""
    return earlier.last is not None and later.first is not None and earlier.last < later.first


def _doubts(pairs: list[tuple[Row, When]], words: Words) -> list[str]:
    """Conflicts of sources by name, then how many dates are not
    known, or only as the date of a report.
    """
    sentences = [
        words("awards.conflict", award=str(row["award"]).strip(), conflict=remark(row, words))
        for row, _ in pairs
        if row["remark"] == "platinum_conflict"
    ]
    kinds = [time.kind for _, time in pairs]
    reports = sum(row["remark"] == "report_date" and time.kind == "day" for row, time in pairs)
    for key, n in (
        ("before", kinds.count("before")),
        ("unknown", kinds.count("unknown")),
        ("reports", reports),
    ):
        if n:
            sentences.append(plural(words, f"awards.doubt.{key}", n))
    return sentences
