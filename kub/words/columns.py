"""How the columns of an answer are headed and written, the same on screen, sheet and paper.

The kind of a column follows from its name: the names in docs/data.md are regular. Headings are
words (`column.<name>`), so a column without a heading is a KeyError in the first test that shows
it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd

from kub.words import MINUS, Words
from kub.words.trades import trade

Writer = Callable[[Any], str]

# Specs of kub.words; those of _WORDS and "yes" are looked up as words; "" is written as it is.
_KINDS = {
    "share": "p",
    "coverage": "p",
    "survival": "p",
    "programme_share": "p",
    "others_share": "p",
    "as_of": "d",
    "date": "d",
    "sector": "sector",
    "main_sector": "sector",
    "indicator": "indicator",
    "definition": "definition",
    "because": "because",
    "per": "per",
    "has": "has",
    "published_as": "published_as",
    "remark": "remark",
    "part": "part",
    "status": "status",
    "reached": "p0",
    "active": "yes",
    "has_reported": "yes",
    "recorded": "yes",
    "is_core": "yes",
    "provisional": "yes",
    "is_target": "yes",
    "is_sample": "yes",
    "withheld": "yes",
    "declared": "yes",
    "year": "",
    "stated_year": "",
    "source_row": "",
    "report_row": "",
    "lower_per_kub": "rp",
    "upper_per_kub": "rp",
    "population_year": "",
    "exposure_year": "",
    "published_founded": "",
    "age": "",
    "slow_villages": "n2",
    "fast_villages": "n2",
    "slow_years": "n2",
    "fast_years": "n2",
    "revenue_per_kub": "rp",
    "median_per_kub": "rp",
    "revenue_per_member": "rp",
    "matched_change": "p",
    "members_per_kub": "n1",
    "kub_per_10k": "n1",
    "members_per_1k": "n1",
    "kub_per_village": "n2",
    "members_per_village": "n2",
    "members_per_group": "n1",
    "visits_per_library": "n1",
    "visits_per_1k": "n1",
    "diversity": "n1",
    "lq": "n2",
    "distance": "n2",
    "population_ratio": "n2",
    "villages_ratio": "n2",
    "density_ratio": "n2",
    "kelurahan_difference": "p",
    "area_km2": "n1",
    "idm": "n4",
    "lat": "n3",
    "lon": "n3",
    "gini": "n2",
    "activity": "trade",
    "regency": "regency",
    "subject": "regency",
}
CODES = frozenset({"village_code", "district_code", "kub_id", "lkm_id", "library_id"})
_WORDS = {
    "sector": "sector",
    "indicator": "cell.indicator",
    "definition": "cell.definition",
    "because": "cell.because",
    "per": "cell.per",
    "has": "cell.has",
    "published_as": "cell.published_as",
    "remark": "cell.remark",
    "part": "cell.part",
    "status": "cell.status",
}
CODED = frozenset({*_WORDS, "trade", "regency"})  # kinds of texts that the words know by code
_SHARES = frozenset({"coverage", "women_share", "cagr_3y", "survival_3y", "perempuan"})
_RATES = {
    "omzet": "rp",
    "members_per_kub": "n1",
    "kub_per_10k": "n1",
    "members_per_1k": "n1",
    "diversity": "n1",
    "gini": "n2",
    "revenue_per_kub": "rp",
    "revenue_per_member": "rp",
}
_VALUES = frozenset({"d", "p", "p0", "rp", "n", "n0", "n1", "n2", "n3", "n4"})
# Columns whose values are written as the indicator of their row is.
TARGETED = ("target", "actual", "projected")
BY_ROW = ("value", "low", "high", *TARGETED)
# Of a comparison (kub/answers/joined.py): the other side's column, and what this side has more.
OTHER, DIFFERENCE = "_against", "_difference"
SIGNED = "±"  # before the spec of a number that is written with its sign
OWN = "sql"  # first part of the name of a statement's column: `own`
_PER = {"residents": "n1", "villages": "n2", "count": "n"}


def own(heading: str, spec: str) -> str:
    """The name of a column that a statement made: it means what its author says, so how it is
    headed and written stands in it. spec: as of `kind`; NAMING of texts that may name somebody.
    """
    return f"{OWN}:{spec}:{heading}"


NAMING = "naming"


def own_heading(column: str) -> str:
    """The heading of such a column; of any other its name."""
    return column.split(":", 2)[2] if column.startswith(f"{OWN}:") else column


def may_name(column: str) -> bool:
    """Whether a statement's column may hold names of people, groups or institutions."""
    return column.startswith(f"{OWN}:{NAMING}:")


def kind(column: str, values: pd.Series) -> str:
    """How a column is written; `active` and `recorded` are flags here
    and counts there, so their values decide.
    """
    if column.startswith(f"{OWN}:"):
        return column.split(":", 2)[1].removeprefix(NAMING)
    if column in ("active", "recorded") and not pd.api.types.is_bool_dtype(values):
        return "n"
    if column in _KINDS:
        return _KINDS[column]
    if column.endswith(OTHER):
        return kind(column.removesuffix(OTHER), values)
    if column.endswith(DIFFERENCE):
        return SIGNED + kind(column.removesuffix(DIFFERENCE), values)
    endings = {"_share": "p", "_on": "d", "_idr": "rp"}
    for ending, spec in endings.items():
        if column.endswith(ending):
            return spec
    return "n" if pd.api.types.is_numeric_dtype(values) else ""


def heading(column: str, values: pd.Series, words: Words) -> str:
    """The heading of a column. Raises KeyError where the words know none."""
    if column.startswith(f"{OWN}:"):
        return own_heading(column)
    flag = column == "active" and kind(column, values) == "yes"
    if flag:
        return words("column.active_flag")
    for ending, side in ((OTHER, "other"), (DIFFERENCE, "difference")):
        base = column.removesuffix(ending)
        if base != column and not words.has(f"column.{column}"):
            return words(f"against.column.{side}", column=heading(base, values, words))
    return words(f"column.{column}")


def sorts_as_value(spec: str, values: pd.Series) -> bool:
    """Whether readers expect the column sorted by its value
    (numbers, dates) instead of by its text.
    """
    if spec == "":
        return pd.api.types.is_numeric_dtype(values)
    return spec.removeprefix(SIGNED) in _VALUES


def writer(spec: str, words: Words) -> Writer:
    """A function that writes one value of that kind; missing values are '–'."""
    write = _present_writer(spec, words)
    return lambda value: words.write(None) if _missing(value) else write(value)


def _present_writer(spec: str, words: Words) -> Writer:
    """The same for values that are there."""
    if spec.startswith(SIGNED):
        return lambda value: difference(value, spec.removeprefix(SIGNED), words)
    if spec == "regency":
        return lambda value: words.regency(str(value))
    if spec == "trade":
        return lambda value: trade(str(value), words)
    if spec in _WORDS:
        area = _WORDS[spec]
        return lambda value: _known(f"{area}.{value}", value, words)
    if spec == "yes":
        return lambda value: words("cell.yes" if value else "cell.no")
    if spec == "":
        return lambda value: words.write(_whole(value))
    return lambda value: words.write(value, spec)


def difference(value: float, spec: str, words: Words) -> str:
    """A difference with its sign: '+3', '−1,2', '+3,4 poin' of shares; '0' without one.

    spec: how the values are written of which it is the difference.
    """
    write = partial(_amount, spec=spec, words=words)
    amount = write(abs(value))
    if amount == write(0.0):  # a sign would claim what the digits do not show
        return amount
    return f"{'+' if value > 0 else MINUS}{amount}"


def _amount(value: float, spec: str, words: Words) -> str:
    if spec.startswith("p"):
        return words("against.points", n=words.number(100 * value, int(spec[1:] or 1)))
    return words.write(value, spec or "n")


def amount_apart(value: float, spec: str, words: Words) -> str:
    """How far two values are apart, without a sign: '3', 'Rp 2 juta', '3,4 poin' of shares."""
    return _amount(abs(value), spec, words)


def indicator_kind(indicator: str) -> str:
    """How the values of an indicator are written (benchmark: each row has its own)."""
    return "p" if indicator in _SHARES else _RATES.get(indicator, "n")


def rate_kind(per: str) -> str:
    """How the values of `rates` are written. per: residents | villages | count."""
    return _PER[per]


def columns(frame: pd.DataFrame, codes: bool = False) -> Sequence[str]:
    """The columns people read: without codes whose name stands beside them, and without what
    repeats in each row.

    codes: with those of places, KUB, units and libraries, by which spreadsheets are joined.
    """
    # A code beside its name says the same twice to a reader; spreadsheets ask for both (codes).
    present = set(frame.columns)
    beside = {
        "village_code": "village",
        "district_code": "district",
        "kub_id": "name",
        "programme": "regency",
    }
    beside |= {"lkm_id": "name", "library_id": "name", "regency_code": "regency"}
    if {"programme", "regency"} <= present and frame["programme"].nunique() > frame[
        "regency"
    ].nunique():
        del beside["programme"]  # two of the same regency
    repeated = {"is_target"} if "declared" in present else {"is_target", "population_year"}
    if (
        {"name", "village_code"} <= present
        and len(frame) > 1
        and frame["village_code"].nunique() == 1
    ):
        repeated |= {"village", "district"}
    for name in {"withheld", f"withheld{OTHER}"} & present:
        if not frame[name].eq(True).any():
            repeated |= {name}
    repeated |= {name + OTHER for name in ("population_year", "as_of", "provisional")}
    if codes:
        beside = {name: of for name, of in beside.items() if name not in CODES}
        repeated -= {"village", "district"}
    return [
        name for name in frame.columns if beside.get(name) not in present and name not in repeated
    ]


def figures_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of villages, KUB, units and libraries: those that have any first, else as they were."""
    figures = ("kub", "libraries", "visits", "active", f"kub{OTHER}")
    counts = [name for name in figures if name in frame.columns]
    if "village_code" not in frame.columns or not counts or "year" in frame.columns:
        return frame
    # Batang has 248 villages and 14 with KUB: zeros would fill the first screens of the table.
    some = frame[counts].fillna(0).astype(float).gt(0).any(axis=1)
    return frame.loc[(~some).sort_values(kind="stable").index]


def written(frame: pd.DataFrame, words: Words, codes: bool = False) -> pd.DataFrame:
    """Every cell of `columns(frame, codes)` as text, under its heading.

    For paper, slides and terminals.
    """
    out = {}
    for column in columns(frame, codes):
        writers_of_rows = writers(frame, column, words)
        cells = zip(frame[column].tolist(), writers_of_rows, strict=True)
        out[heading(column, frame[column], words)] = [write(value) for value, write in cells]
    return pd.DataFrame(out, dtype=object)


def numeric(frame: pd.DataFrame, words: Words, codes: bool = False) -> list[str]:
    """Headings of the columns whose cells are numbers or dates; paper sets them flush right."""
    sorted_by_value = [
        name
        for name in columns(frame, codes)
        if sorts_as_value(kind(name, frame[name]), frame[name])
    ]
    return [heading(column, frame[column], words) for column in sorted_by_value]


def writers(frame: pd.DataFrame, column: str, words: Words) -> list[Writer]:
    """One writer per row of a column."""
    if column in BY_ROW:
        for by, kind_of in (("indicator", indicator_kind), ("per", rate_kind)):
            if by in frame.columns:
                # One row is a share and the next a count: a writer for each, made once.
                by_key = {key: writer(kind_of(key), words) for key in frame[by].unique()}
                return [by_key[key] for key in frame[by]]
    return [writer(kind(column, frame[column]), words)] * len(frame)


def _known(key: str, value: object, words: Words) -> str:
    return words(key) if words.has(key) else str(value)


def _whole(value: Any) -> Any:
    """A year beside missing years reaches pandas as 2013.0."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value
