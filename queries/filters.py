"""The filters of the product. One name each: field here = URL name = SQL parameter."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal, get_args

Sector = Literal["makanan", "kerajinan", "laundry", "koperasi", "lainnya"]
Denominator = Literal["regency", "target"]
Measure = Literal["kub", "members"]
Dimension = Literal["district", "village", "sector", "activity", "year"]
SECTORS: tuple[str, ...] = get_args(Sector)
DENOMINATORS: tuple[str, ...] = get_args(Denominator)
MEASURES: tuple[Measure, ...] = get_args(Measure)
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)


@dataclass(frozen=True)
class Filters:
    """What part of the records a question speaks of.

    programme: programme_id, or None for the default programme. districts, villages: official
    codes; together they mean both. sectors: codes of SECTORS. since, until: years. until sets
    the as-of year; since only trims the listed years. denominator: villages of the whole
    regency, or the programme's target villages. measure: what shares are made of, active KUB or
    members. peers: programme_ids that stand beside the own one where programmes are compared;
    none means all. rows, columns: of the pivot table.
    """

    programme: str | None = None
    districts: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    denominator: str = "regency"
    measure: Measure = "kub"
    peers: tuple[str, ...] = ()
    rows: Dimension = "district"
    columns: Dimension = "sector"

    def parameters(self) -> Mapping[str, object]:
        """SQL parameters by name; lists for DuckDB's list_contains."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }
