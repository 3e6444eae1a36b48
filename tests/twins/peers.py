"""Twin of the question how near the programmes of other regencies are."""

from math import log
from statistics import mean
from typing import Any

from queries.filters import Filters
from tests.twins.compared import residents, who
from tests.twins.rows import Records
from tests.twins.times import moment

Row = dict[str, Any]
# km², from the reference file of 2024.
AREAS = {"33.25": 857.073, "33.24": 1006.174}


def described(records: Records, filters: Filters) -> Row:
    """What a programme's regency is like in the year in scope; None is not known."""
    population, population_year = residents(records, moment(records, filters).year)
    villages = len(records.villages)
    kelurahan = len([v for v in records.villages if v.code.split(".")[-1][0] == "1"])
    area = AREAS.get(records.regency_code)
    return {
        "population": population,
        "population_year": population_year,
        "villages": villages or None,
        "kelurahan_share": kelurahan / villages if villages else None,
        "density": None if population is None or area is None else population / area,
    }


def beside(theirs: Row, ours: Row) -> Row:
    """Ratios, theirs over ours, the difference, and their mean as a distance."""
    found: Row = {}
    for name in ("population", "villages", "density"):
        found[f"{name}_ratio"] = theirs[name] / ours[name] if theirs[name] and ours[name] else None
    shares = (theirs["kelurahan_share"], ours["kelurahan_share"])
    found["kelurahan_difference"] = None if None in shares else shares[0] - shares[1]
    parts = [
        abs(log(value))
        for name, value in found.items()
        if name.endswith("_ratio") and value is not None
    ]
    parts += [] if None in shares else [abs(found["kelurahan_difference"])]
    return found | {"shared": len(parts), "distance": mean(parts) if parts else None}


def peers(programmes: tuple[Records, ...], filters: Filters) -> list[Row]:
    """Nearest first, whatever peers are chosen; programmes of the own regency are none."""
    [own] = [p for p in programmes if p.programme_id == filters.programme]
    ours = described(own, filters)
    rows: list[Row] = []
    for records in programmes:
        if records.regency_code != own.regency_code:
            theirs = described(records, filters)
            named = {
                "programme": records.programme_id,
                "subject": own.regency,
                "as_of": moment(records, filters).as_of,
            }
            rows.append(named | who(records) | theirs | beside(theirs, ours))
    known = [round(row["distance"], 9) for row in rows if row["distance"] is not None]
    for row in rows:
        near = row["distance"] is not None
        row["near"] = 1 + len([d for d in known if d < round(row["distance"], 9)]) if near else None
    return sorted(rows, key=lambda row: len(rows) + 1 if row["near"] is None else row["near"])
