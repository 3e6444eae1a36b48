"""Two answers to one question as one table: every column of both sides, and the difference.

`<column>` is this side's, `<column>_against` the other's, `<column>_difference` this one less the
other; it is missing where either is, so what is withheld stays so.
"""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from kub.words.columns import DIFFERENCE, OTHER

# question -> the columns that name a row. Questions that are not here are not compared: lists of
# single things, what speaks of the whole programme, and what compares programmes already.
KEYS: Mapping[str, tuple[str, ...]] = {
    "headline": (),
    "growth": ("year",),
    "survival": ("years",),
    "sectors": ("sector",),
    "sector_years": ("year", "sector"),
    "coverage": ("district_code",),
    "coverage_years": ("year",),
    "district_growth": ("district_code", "year"),
    "villages": ("village_code",),
    "village_sectors": ("village_code", "sector"),
    "specialisation": ("village_code",),
    "activities": ("sector", "activity"),
    "revenue": ("year",),
    "revenue_sectors": ("sector",),
    "revenue_villages": ("village_code",),
    "microfinance_years": ("year",),
    "library_years": ("year",),
}
# They belong to the row's key: whichever side has the row says them.
NAMING = frozenset({"village", "district", "district_code", "is_target"})
# Numbers, of which a difference says nothing.
PLAIN = frozenset({"population_year"})
# A course stays in order; else own rows come first, as asked.
_SORTED = ("year", "years")


def joined(question: str, own: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """The rows of both sides, those that either has alone among them.

    own, other: of the same question. Raises KeyError for a question that is not compared.
    """
    key = list(KEYS[question])
    if key:
        both = own.set_index(key), other.set_index(key)
        index = both[0].index.append(both[1].index.difference(both[0].index, sort=False))
        if ordered := [name for name in key if name in _SORTED]:
            rows = index.to_frame(index=False).sort_values(ordered, kind="stable")
            index = index.take(rows.index.to_numpy())
        mine, theirs = (side.reindex(index) for side in both)
    else:
        index = pd.RangeIndex(1)
        mine, theirs = (side.reset_index(drop=True).reindex(index) for side in (own, other))
    parts: dict[str, pd.Series] = {}
    for name in mine.columns:
        for part, values in _parts(name, mine[name], theirs[name], own[name], other[name]):
            parts[part] = values
    frame = pd.DataFrame(parts, index=index)
    return frame.reset_index() if key else frame


def _parts(
    name: str, mine: pd.Series, theirs: pd.Series, own: pd.Series, other: pd.Series
) -> Iterator[tuple[str, pd.Series]]:
    """What becomes of a column. mine, theirs: in the rows of both; own, other: as asked."""
    if name in NAMING:
        yield name, mine.where(mine.notna(), theirs)
        return
    whole = all(pd.api.types.is_integer_dtype(side) for side in (own, other))
    # A row that the other side lacks would make counts floats.
    if whole and (mine.isna().any() or theirs.isna().any()):
        mine, theirs = mine.astype("Int64"), theirs.astype("Int64")
    yield name, mine
    yield name + OTHER, theirs
    if is_measure(name, own) and is_measure(name, other):
        yield name + DIFFERENCE, mine - theirs


def is_measure(name: str, values: pd.Series) -> bool:
    """Whether a column has a difference: numbers, but no flags and no years."""
    number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    return number and name not in PLAIN


def types(of: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    """DuckDB's type of each joined column. of: those of the question."""
    listed = {}
    for column in columns:
        base = column.removesuffix(OTHER).removesuffix(DIFFERENCE)
        listed[column] = of[column] if column in of else of[base]
    return listed
