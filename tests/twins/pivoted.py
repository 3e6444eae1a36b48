"""Twin of the pivot table: every figure by two of place, trade and year, in loops."""

from datetime import date
from typing import Any

from queries.filters import Filters
from tests.twins.money import assets, lived, revenue
from tests.twins.rows import Kub, Records
from tests.twins.sets import active, in_scope, sums
from tests.twins.times import Moment, listed, moment, years

Row = dict[str, Any]


def pivot(records: Records, filters: Filters) -> list[Row]:
    """KUB that lived in each pair, at the as-of date or in each year listed."""
    by_year = "year" in (filters.rows, filters.columns)
    moments = listed(records, filters) if by_year else [moment(records, filters)]
    cells: dict[tuple[str | None, str | None], list[tuple[Kub, Moment]]] = {}
    for at in moments:
        if at.year not in years(records):
            continue
        for kub in lived(in_scope(records, filters), at):
            key = (
                _code(records, kub, at, filters.rows),
                _code(records, kub, at, filters.columns),
            )
            cells.setdefault(key, []).append((kub, at))
    rows = [
        {
            "row_code": row,
            "row_name": _name(records, row),
            "column_code": column,
            "column_name": _name(records, column),
            **_figures(records, lives),
        }
        for (row, column), lives in cells.items()
    ]
    return sorted(
        rows,
        key=lambda row: [
            (row[name] is None, row[name] or "") for name in ("row_code", "column_code")
        ],
    )


def _figures(records: Records, lives: list[tuple[Kub, Moment]]) -> Row:
    at = lives[0][1]  # a cell is of one year
    assert at.as_of is not None
    on: date = at.as_of
    kubs = [kub for kub, _ in lives]
    now = sums(records, kubs, on)
    earned = [revenue(records, kub, at) for kub in kubs]
    stated = [amount for amount in earned if amount is not None]
    owned = assets(records, kubs, on)
    return {
        "kub": len(active(kubs, on)),
        "members": now.members,
        "women": now.women,
        "women_share": now.women_share,
        "revenue_idr": sum(stated) if stated else None,
        "assets_idr": sum(owned) if owned else None,
    }


def _code(records: Records, kub: Kub, at: Moment, dimension: str) -> str | None:
    [place] = [v for v in records.villages if v.code == kub.village_code]
    codes = {
        "district": place.district_code,
        "village": place.code,
        "sector": kub.sector,
        "activity": kub.activity,
        "year": str(at.year),
    }
    return codes[dimension]


def _name(records: Records, code: str | None) -> str | None:
    for village in records.villages:
        if code == village.code:
            return village.name
        if code == village.district_code:
            return village.district
    return code
