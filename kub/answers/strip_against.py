"""The large numbers under a comparison: each with the other side's value and the difference."""

from collections.abc import Sequence

import pandas as pd

from kub.answers.answer import Answer, asked
from kub.answers.context import kelurahan
from kub.answers.sides import sides
from kub.findings.against import PEOPLE, value
from kub.findings.economy import reported_years, title_year
from kub.findings.economy_numbers import numbers as money_numbers
from kub.findings.numbers import Number, numbers
from kub.findings.phrases import Row, records
from kub.store.data import Data, YearlyOnly
from kub.words import Words
from kub.words.columns import difference
from queries.against import Against
from queries.filters import Filters

# In the order of kub/findings/numbers.py and kub/findings/economy_numbers.py: column and writing.
HEADLINE = (
    ("kub", "n"),
    ("members", "n"),
    ("members_per_kub", "n1"),
    ("coverage", "p"),
    ("women_share", "p"),
    ("reported", "n"),
)
MONEY = (
    ("matched_change", "p"),
    ("revenue_per_kub", "rp3"),
    ("revenue_per_member", "rp3"),
    ("stated_share", "p0"),
)


def strip_against(data: Data, answer: Answer, words: Words) -> tuple[Number, ...]:
    """The numbers of a headline that compares two sides.

    answer: of the chart headline, with another side.
    """
    own, other = (
        asked(data, "headline", side)
        for side in (answer.filters, answer.against.filters(answer.filters))
    )
    frame, theirs = (data.ask("headline", side) for side in (own, other))
    listed = numbers(frame, words, None, kelurahan(data, own))
    name = sides(data, own, other, words).other
    rows = [records(side)[0] for side in (frame, theirs)]
    return tuple(_beside(listed, rows, HEADLINE, name, words))


def money_against(data: Data, filters: Filters, against: Against, words: Words) -> list[Number]:
    """The numbers of Ekonomi, of the year that each side's titles speak of."""
    own = asked(data, "revenue", filters)
    other = asked(data, "revenue", against.filters(data.resolved(filters)))
    mine = data.ask("revenue", own)
    listed = money_numbers(mine, words)
    try:
        theirs = reported_years(data.ask("revenue", other))
    except YearlyOnly:
        return listed
    if not theirs or not listed:
        return listed
    rows = [title_year(reported_years(mine)), title_year(theirs)]
    name = sides(data, own, other, words).other
    if rows[0]["year"] != rows[1]["year"] and str(rows[1]["year"]) not in name:
        name = f"{name} {rows[1]['year']}"
    return _beside(listed, rows, MONEY, name, words)


def _beside(
    listed: Sequence[Number],
    rows: Sequence[Row],
    columns: Sequence[tuple[str, str]],
    name: str,
    words: Words,
) -> list[Number]:
    return [
        number._replace(note=_note(rows, column, spec, name, words), tone="")
        for number, (column, spec) in zip(listed, columns, strict=True)
    ]


def _note(rows: Sequence[Row], column: str, spec: str, name: str, words: Words) -> str:
    """'Kecamatan Bandar 18 (+6)'."""
    own, other = (value(row[column]) for row in rows)
    if other is None:
        key = "number_withheld" if _hidden(rows[1], column) else "number_unknown"
        return words(f"against.{key}", name=name)
    if own is None or pd.isna(own):
        return words("against.number_alone", name=name, value=words.write(other, spec))
    return words(
        "against.number",
        name=name,
        value=words.write(other, spec),
        difference=difference(own - other, spec, words),
    )


def _hidden(row: Row, column: str) -> bool:
    """Whether a missing figure of people or money is withheld rather than not on record."""
    base = row.get("earners" if column.startswith("revenue") else "kub")
    people = column in PEOPLE or column == "members_per_kub"
    return bool(base) and (people or column.startswith("revenue"))
