"""Twin of the list of all KUB, with what each last was."""

from typing import Any

from queries.filters import Filters
from tests.twins.money import assets, lived, revenue
from tests.twins.rows import Kub, Records
from tests.twins.sets import in_scope, is_active, newest_report
from tests.twins.times import Moment, moment, years

Row = dict[str, Any]


def kubs(records: Records, filters: Filters) -> list[Row]:
    """As they stood at the as-of date."""
    at = moment(records, filters)
    if at.as_of is None:
        return []
    rows = [
        _row(records, kub, at) for kub in in_scope(records, filters) if kub.founded_on <= at.as_of
    ]
    return sorted(rows, key=lambda row: row["kub_id"])


def _row(records: Records, kub: Kub, at: Moment) -> Row:
    assert at.as_of is not None
    [place] = [v for v in records.villages if v.code == kub.village_code]
    running = is_active(kub, at.as_of)
    report = newest_report(records, kub, at.as_of)
    # A year after all records has no facts of money.
    living = bool(lived([kub], at)) and at.year in years(records)
    owned = assets(records, [kub], at.as_of)
    reported = any(
        r.kub_id == kub.kub_id and r.reported_on.year == at.year and r.reported_on <= at.as_of
        for r in records.reports
    )
    return {
        "kub_id": kub.kub_id,
        "name": kub.name,
        "village_code": kub.village_code,
        "village": place.name,
        "district_code": place.district_code,
        "district": place.district,
        "sector": kub.sector,
        "activity": kub.activity,
        "founded_on": kub.founded_on,
        "closed_on": None if running else kub.closed_on,
        "active": running,
        "members": report.members if report else None,
        "women": report.women if report else None,
        "revenue_idr": revenue(records, kub, at) if living else None,
        "assets_idr": owned[0] if owned else None,
        "has_reported": reported if lived([kub], at) else None,
    }
