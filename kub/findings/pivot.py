"""What a pivot table says: where its figure is largest, and what is withheld in it."""

from dataclasses import dataclass

import pandas as pd

from kub.findings import Finding
from kub.findings.options import PivotOptions
from kub.findings.phrases import Row, records
from kub.words import Words
from kub.words.trades import trade
from queries.filters import SECTORS, Filters

SPECS = {
    "kub": "n",
    "members": "n",
    "women": "n",
    "women_share": "p",
    "revenue_idr": "rp",
    "assets_idr": "rp",
}
ADDITIVE = frozenset(SPECS) - {"women_share"}


@dataclass(frozen=True)
class Labels:
    """How the codes of rows and columns are called."""

    words: Words
    filters: Filters

    def of(self, dimension: str, code: str | None, name: str | None) -> str:
        """The name of what a row or column stands for."""
        if code is None or pd.isna(code):
            return self.words("pivot.unstated")
        if dimension == "sector":
            return self.words(f"sector.{code}")
        if dimension == "activity":
            return trade(str(code), self.words)
        return str(name)

    def short(self, dimension: str, code: str | None, name: str | None) -> str:
        """The same where there is little room."""
        if dimension == "sector":
            return self.words(f"sector_short.{code}")
        return self.of(dimension, code, name)


def pivot(
    frame: pd.DataFrame,
    words: Words,
    filters: Filters = Filters(),  # noqa: B008 frozen
    value: str = PivotOptions.value,
) -> Finding:
    """The largest cell where there is one alone; no superlative stands beside withheld cells."""
    by = {
        "value": words(f"pivot.value.{value}"),
        "rows": words(f"pivot.by.{filters.rows}"),
        "columns": words(f"pivot.by.{filters.columns}"),
    }
    subtitle = _capital(words("pivot.subtitle", **by))
    if SPECS[value] == "rp":
        subtitle = f"{subtitle} · {words('pivot.million')}"
    rows = records(frame)
    if not rows:
        return Finding(words("pivot.none"), subtitle, "")
    hidden = withheld(frame, value)
    caveat = words("pivot.withheld", n=hidden) if hidden else ""
    known = [row for row in rows if pd.notna(row[value])]
    most = max((row[value] for row in known), default=0)
    largest = [row for row in known if row[value] == most]
    if hidden or len(largest) != 1 or value not in ADDITIVE or not _named(largest[0], filters):
        return Finding(_capital(words("pivot.level", **by)), subtitle, "", caveat)
    [row] = largest
    labels = Labels(words, filters)
    title = words(
        "pivot.top",
        row=labels.of(filters.rows, row["row_code"], row["row_name"]),
        column=labels.of(filters.columns, row["column_code"], row["column_name"]),
        value=f"{words.write(most, SPECS[value])} {by['value']}"
        if SPECS[value] == "n"
        else words.write(most, SPECS[value]),
    )
    return Finding(title, subtitle, "", caveat)


def _named(row: Row, filters: Filters) -> bool:
    """Whether a cell has a name: what is left over, or not stated, is no finding."""
    codes = {filters.rows: row["row_code"], filters.columns: row["column_code"]}
    return all(code is not None and not pd.isna(code) for code in codes.values()) and (
        codes.get("sector") != SECTORS[-1]
    )


def withheld(frame: pd.DataFrame, value: str) -> int:
    """How many cells lack a figure that an analyst would see. Money that nobody states is missing
    to everyone, so it is not counted.
    """
    if value not in ("members", "women", "women_share"):
        return 0
    people = frame[frame["kub"] > 0]
    return int(people["members" if value == "members" else value].isna().sum())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
