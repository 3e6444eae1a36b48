"""The format of a benchmark card as data (docs/card.md): writer and reader follow this one table.

A card is a ZIP: datapackage.json, the resources below as CSV, and a read-me. It holds the figures
of a programme by year and sector, and nothing below that.
"""

from dataclasses import dataclass
from typing import Literal

SCHEMA = 1
DESCRIPTOR, READ_ME = "datapackage.json", "README.txt"
MOST_BYTES = 5 * 2**20  # of all files together, unpacked
WITHHELD = "withheld"
# The keys of the object `kub` in the descriptor, in their order.
KEYS = (
    *("schema", "programme", "regency_code", "as_of", "sample", "version", "regency", "operator"),
    *("villages", "kelurahan", "population", "population_year"),
)
Kind = Literal["integer", "number", "boolean", "date", "string"]


@dataclass(frozen=True)
class CardColumn:
    """kind: of Data Package. may_miss: whether it is empty where there is nothing to say.

    may_hide: whether it is empty where readers do not see it, and `withheld` then names it.
    signed: whether it may be below zero.
    """

    name: str
    kind: Kind = "integer"
    may_miss: bool = False
    may_hide: bool = False
    signed: bool = False


@dataclass(frozen=True)
class CardResource:
    """key: columns of which no two rows are the same. A resource whose columns may hide ends with
    `withheld`, which names those of the row.
    """

    name: str
    columns: tuple[CardColumn, ...]
    key: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"{self.name}.csv"

    @property
    def hides(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.may_hide)

    @property
    def heading(self) -> tuple[str, ...]:
        names = tuple(column.name for column in self.columns)
        return (*names, WITHHELD) if self.hides else names


# What makes a spreadsheet run a text as a formula, as in kub/exports/csv.py.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(text: str) -> str:
    """A text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.lstrip("'").startswith(_RISKY) else text


def unguarded(text: str) -> str:
    """The text of which `guarded` made this one."""
    bare = text.removeprefix("'")
    return bare if guarded(bare) == text else text


def _hidden(name: str, kind: Kind = "integer", may_miss: bool = False) -> CardColumn:
    return CardColumn(name, kind, may_miss, may_hide=True)


COUNTS = ("founded", "closed", "kub", "reported", "unreported")
PEOPLE = ("members", "women", "women_members")
_FIGURES = (
    *(CardColumn(name) for name in COUNTS),
    *(_hidden(name) for name in PEOPLE),
    CardColumn("villages_covered"),
    _hidden("gini", "number", may_miss=True),
)
# Nominal rupiah; empty where nobody states any.
_EARNED = (
    CardColumn("lived"),
    CardColumn("earners"),
    _hidden("revenue_idr", may_miss=True),
    _hidden("revenue_per_member", "number", may_miss=True),
)
_OWNED = (CardColumn("assets_kub"), _hidden("assets_idr", may_miss=True))
RESOURCES = (
    CardResource(
        "programme",
        (
            CardColumn("programme", "string"),
            CardColumn("name", "string"),
            CardColumn("survival_3y", "number", may_miss=True),
            CardColumn("at_risk_3y"),
            CardColumn("effective_3y", "number", may_miss=True),
        ),
    ),
    CardResource(
        "years",
        (
            CardColumn("year"),
            CardColumn("as_of", "date"),
            CardColumn("provisional", "boolean"),
            *_FIGURES,
        ),
        ("year",),
    ),
    CardResource(
        "sector_years",
        (CardColumn("year"), CardColumn("sector", "string"), *_FIGURES),
        ("year", "sector"),
    ),
    CardResource(
        "survival",
        (CardColumn("years"), CardColumn("at_risk"), CardColumn("survival", "number")),
        ("years",),
    ),
    CardResource(
        "population",
        (CardColumn("year"), CardColumn("population"), CardColumn("source", "string", True)),
        ("year",),
    ),
    CardResource(
        "reconcile",
        (
            CardColumn("date", "date"),
            CardColumn("indicator", "string"),
            CardColumn("published", "number"),
            _hidden("recorded", "number"),
            CardColumn("source", "string"),
        ),
        ("date", "indicator", "source"),
    ),
    CardResource(
        "revenue",
        (
            CardColumn("year"),
            *_EARNED,
            _hidden("median_per_kub", "number", may_miss=True),
            CardColumn("matched_kub"),
            CardColumn("matched_change", "number", may_miss=True, may_hide=True, signed=True),
            *_OWNED,
        ),
        ("year",),
    ),
    CardResource(
        "revenue_sectors",
        (CardColumn("year"), CardColumn("sector", "string"), *_EARNED, *_OWNED),
        ("year", "sector"),
    ),
    CardResource(
        "targets",
        (
            CardColumn("indicator", "string"),
            CardColumn("year"),
            CardColumn("as_of", "date", may_miss=True),
            CardColumn("provisional", "boolean"),
            CardColumn("target", "number"),
            _hidden("actual", "number", may_miss=True),
            CardColumn("reached", "number", may_miss=True),
            CardColumn("projected", "number", may_miss=True, signed=True),
            CardColumn("status", "string", may_miss=True),
        ),
        ("indicator", "year"),
    ),
)
BY_NAME = {resource.name: resource for resource in RESOURCES}
