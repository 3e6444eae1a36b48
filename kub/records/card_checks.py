"""What the rows of a benchmark card must agree in: years follow each other, sectors add up to the
programme, and nothing that is withheld can be worked out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kub.records.card_format import COUNTS, PEOPLE, WITHHELD
from kub.records.card_rows import ROW, Row
from kub.records.problems import Problems
from queries.filters import SECTORS

_YEAR_END = (12, 31)
# (part, whole): the first is never larger than the second, where both are stated.
_WITHIN = (
    ("reported", "kub"),
    ("unreported", "kub"),
    ("villages_covered", "kub"),
    ("women_members", "members"),
    ("women", "women_members"),
)


@dataclass(frozen=True)
class CardFault:
    """One breach, tied to a row of a resource. values fill the rule's words."""

    rule: str
    resource: str
    row: int | None
    column: str
    value: Any
    values: Mapping[str, Any]


def tell(shown: str, tables: Mapping[str, Sequence[Row]], about: Row, problems: Problems) -> None:
    """Tell every breach. tables: the rows of each resource; about: the object `kub`, checked."""
    checks = (
        _programme,
        _years,
        _sectors,
        _growth,
        _parts,
        _people,
        _bounds,
        _money,
        _survival,
        _targets,
        _residents,
    )
    for check in checks:
        for fault in check(tables, about):
            problems.add(
                fault.rule,
                shown,
                fault.resource,
                fault.row,
                fault.column,
                fault.value,
                **fault.values,
            )


def _fault(rule: str, resource: str, row: Row | None, column: str, **values: Any) -> CardFault:
    value = None if row is None else row.get(column)
    return CardFault(rule, resource, row[ROW] if row else None, column, value, values)


def _programme(tables: Mapping[str, Sequence[Row]], about: Row) -> Iterator[CardFault]:
    listed = tables["programme"]
    if len(listed) != 1:
        yield _fault("card_rows", "programme", None, "programme", count=len(listed), most=1)
    for row in listed[:1]:
        if row["programme"] != about["programme"]:
            yield _fault("card_differs", "programme", row, "programme", expected=about["programme"])
        if (row["survival_3y"] or 0) > 1:
            yield _fault("card_more", "programme", row, "survival_3y", most=1)


def _years(tables: Mapping[str, Sequence[Row]], about: Row) -> Iterator[CardFault]:
    """One after another, each ending on 31 December but perhaps the last."""
    rows = tables["years"]
    for before, row in zip(rows, rows[1:], strict=False):
        if row["year"] != before["year"] + 1:
            yield _fault("card_differs", "years", row, "year", expected=before["year"] + 1)
    for row in rows:
        last: date = row["as_of"]
        ends = (last.month, last.day) == _YEAR_END
        if last.year != row["year"] or not (ends or row is rows[-1]):
            expected = f"{row['year']}-12-31"
            yield _fault("card_differs", "years", row, "as_of", expected=expected)
        elif row["provisional"] == ends:
            expected = "false" if ends else "true"
            yield _fault("card_differs", "years", row, "provisional", expected=expected)
    if rows and rows[-1]["as_of"] != about["as_of"]:
        yield _fault("card_differs", "years", rows[-1], "as_of", expected=about["as_of"] or "–")


def _of_years(tables: Mapping[str, Sequence[Row]]) -> Iterator[tuple[Row, list[Row]]]:
    """Each year with the rows of its sectors."""
    for row in tables["years"]:
        yield row, [part for part in tables["sector_years"] if part["year"] == row["year"]]


def _sectors(tables: Mapping[str, Sequence[Row]], _about: Row) -> Iterator[CardFault]:
    """Every sector in every year, and none in any other year."""
    for row, parts in _of_years(tables):
        missing = [sector for sector in SECTORS if sector not in {p["sector"] for p in parts}]
        if missing:
            yield _fault(
                "card_sectors", "sector_years", None, "sector", year=row["year"], missing=missing
            )
    years = {row["year"] for row in tables["years"]}
    for part in tables["sector_years"]:
        if part["year"] not in years:
            yield _fault("card_no_year", "sector_years", part, "year")


def _growth(tables: Mapping[str, Sequence[Row]], _about: Row) -> Iterator[CardFault]:
    """Active KUB are those of the year before, and those founded, less those closed."""
    for resource in ("years", "sector_years"):
        active: dict[str | None, int] = {}
        for row in sorted(tables[resource], key=lambda row: row["year"]):
            sector = row.get("sector")
            expected = active.get(sector, 0) + row["founded"] - row["closed"]
            if row["kub"] != expected:
                yield _fault("card_growth", resource, row, "kub", expected=expected)
            active[sector] = row["kub"]


def _parts(tables: Mapping[str, Sequence[Row]], _about: Row) -> Iterator[CardFault]:
    """The sectors of a year add up to the programme."""
    for row, parts in _of_years(tables):
        for column in COUNTS:
            total = sum(part[column] for part in parts)
            if row[column] != total:
                yield _fault("card_sum", "years", row, column, total=total)
        covered = [part["villages_covered"] for part in parts]
        if not max(covered, default=0) <= row["villages_covered"] <= sum(covered):
            yield _fault("card_sum", "years", row, "villages_covered", total=sum(covered))


def _people(tables: Mapping[str, Sequence[Row]], _about: Row) -> Iterator[CardFault]:
    """Members too, as far as they are stated; a lone withheld figure could be worked out."""
    for row, parts in _of_years(tables):
        for column in PEOPLE:
            stated = [part[column] for part in parts if part[column] is not None]
            hidden, total = len(parts) - len(stated) + (row[column] is None), sum(stated)
            if hidden == 1:
                yield _fault("card_derivable", "years", row, column)
            elif row[column] is not None:
                wrong = total > row[column] if hidden else total != row[column]
                if wrong:
                    yield _fault("card_sum", "years", row, column, total=total)


def _bounds(tables: Mapping[str, Sequence[Row]], about: Row) -> Iterator[CardFault]:
    """No part is larger than its whole."""
    for resource in ("years", "sector_years"):
        for row in tables[resource]:
            if row["gini"] is not None and row["gini"] > 1:
                yield _fault("card_more", resource, row, "gini", most=1)
            if row["villages_covered"] > about["villages"]:
                yield _fault("card_more", resource, row, "villages_covered", most=about["villages"])
            if (row["women"] is None) != (row["women_members"] is None):
                yield _fault("card_derivable", resource, row, "women")
            for part, whole in _WITHIN:
                if row[whole] is not None and (row[part] or 0) > row[whole]:
                    yield _fault("card_more", resource, row, part, most=row[whole])
    for row in tables["reconcile"]:
        if row["recorded"] is None and row["indicator"] != "anggota":
            yield _fault("missing_value", "reconcile", row, "recorded")
    if about["kelurahan"] > about["villages"]:
        yield CardFault(
            "card_more",
            "datapackage.json",
            None,
            "kelurahan",
            about["kelurahan"],
            {"most": about["villages"]},
        )


def _money(tables: Mapping[str, Sequence[Row]], _about: Row) -> Iterator[CardFault]:
    """Years are those of the card, sectors add up, and nobody earns who did not live."""
    years = [row["year"] for row in tables["years"]]
    if [row["year"] for row in tables["revenue"]] != years:
        yield _fault(
            "card_rows", "revenue", None, "year", count=len(tables["revenue"]), most=len(years)
        )
    for row in tables["revenue"]:
        parts = [part for part in tables["revenue_sectors"] if part["year"] == row["year"]]
        for column in ("lived", "earners", "assets_kub"):
            total = sum(part[column] for part in parts)
            if row[column] != total:
                yield _fault("card_sum", "revenue", row, column, total=total)
        for column in ("revenue_idr", "assets_idr"):
            total = sum(part[column] or 0 for part in parts)
            hidden = [entry for entry in (row, *parts) if column in entry[WITHHELD]]
            if len(hidden) == 1:
                yield _fault("card_derivable", "revenue", row, column)
            elif row[column] is not None and (
                total > row[column] if hidden else total != row[column]
            ):
                yield _fault("card_sum", "revenue", row, column, total=total)
    for resource in ("revenue", "revenue_sectors"):
        for row in tables[resource]:
            for column in ("earners", "assets_kub", "matched_kub"):
                if row.get(column, 0) > row["lived"]:
                    yield _fault("card_more", resource, row, column, most=row["lived"])


def _survival(tables: Mapping[str, Sequence[Row]], _about: Row) -> Iterator[CardFault]:
    """Whole years from 0 on; neither KUB at risk nor survival ever rise."""
    at_risk, survival = None, 1.0
    for number, row in enumerate(tables["survival"]):
        if row["years"] != number:
            yield _fault("card_differs", "survival", row, "years", expected=number)
        if at_risk is not None and row["at_risk"] > at_risk:
            yield _fault("card_more", "survival", row, "at_risk", most=at_risk)
        if row["survival"] > survival:
            yield _fault("card_more", "survival", row, "survival", most=survival)
        at_risk, survival = row["at_risk"], row["survival"]


# What the years of a card say of these indicators.
_REACHED = {"kub": "kub", "anggota": "members", "desa": "villages_covered"}


def _targets(tables: Mapping[str, Sequence[Row]], _about: Row) -> Iterator[CardFault]:
    """What targets are held against is what the years say."""
    years = {row["year"]: row for row in tables["years"]}
    for row in tables["targets"]:
        column = _REACHED.get(row["indicator"])
        if column and row["year"] in years:
            expected = years[row["year"]][column]
            if row["actual"] != expected:
                yield _fault("card_differs", "targets", row, "actual", expected=expected)


def _residents(tables: Mapping[str, Sequence[Row]], about: Row) -> Iterator[CardFault]:
    """The residents of the descriptor are among those of its resource."""
    stated = (about["population_year"], about["population"])
    rows = [(row["year"], row["population"]) for row in tables["population"]]
    if stated != (None, None) and stated not in rows:
        yield CardFault(
            "card_differs",
            "datapackage.json",
            None,
            "population",
            about["population"],
            {"expected": ", ".join(f"{population} ({year})" for year, population in rows) or "–"},
        )
