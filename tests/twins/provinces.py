"""The twin of `provinces`: all programmes, village by village."""

from typing import Any

from kub import places
from queries.filters import Filters
from tests.twins.compared import Measured, place, whole
from tests.twins.intervals import wilson
from tests.twins.rows import Records
from tests.twins.sets import covered, denominator, in_scope, sums
from tests.twins.times import moment

Row = dict[str, Any]


def provinces(programmes: tuple[Records, ...], filters: Filters) -> list[Row]:
    filters = whole(filters)
    official = {code: province for code, _, province in places.official()}
    rows: list[Row] = []
    for code in sorted({p.regency_code[:2] for p in programmes}):
        own = [p for p in programmes if p.regency_code.startswith(f"{code}.")]
        moments = [moment(p, filters) for p in own]
        kubs = [in_scope(p, filters) for p in own]
        totals = [sums(*of, at.as_of) for *of, at in zip(own, kubs, moments, strict=True)]
        villages = {v.code for p in own for v in denominator(p, filters)}
        reached = {
            village.code
            for p, kub, at in zip(own, kubs, moments, strict=True)
            for village in denominator(p, filters)
            if covered([village], kub, at.as_of)
        }
        low, high = wilson(len(reached), len(villages))
        rows.append(
            {
                "province_code": code,
                "province": next((official.get(p.regency_code) for p in own), None),
                "regencies": len({p.regency_code for p in own}),
                "programmes": len(own),
                "kub": sum(total.kub for total in totals),
                "members": sum(total.members for total in totals),
                "villages": len(villages),
                "covered": len(reached),
                "coverage": len(reached) / len(villages) if villages else None,
                "low": low,
                "high": high,
                "as_of": max((at.as_of for at in moments if at.as_of), default=None),
                "provisional": any(at.provisional for at in moments),
                "is_sample": any(p.is_sample for p in own),
            }
        )
    return [row | _place(row, rows) for row in rows]


def _place(mine: Row, rows: list[Row]) -> Row:
    def measured(row: Row) -> Measured:
        return Measured(row["coverage"], row["villages"], (row["low"], row["high"]))

    return place(measured(mine), [measured(row) for row in rows if row is not mine])
