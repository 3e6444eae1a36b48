"""What a benchmark card answers: the yearly figures of a programme, and no more (docs/card.md)."""

from queries import REFERENCE
from queries.filters import Filters

# As for readers from the records.
YEARLY = frozenset(
    {
        *("headline", "growth", "survival", "sectors", "sector_years", "reconcile", "targets"),
        *("revenue", "revenue_sectors"),
        *("benchmark", "rates", "programme_years", "programme_sectors", "provinces"),
    }
)


def answers(question: str, filters: Filters) -> bool:
    """Whether the yearly figures of a programme answer a question under these filters."""
    if question in REFERENCE:  # official lists, of no programme
        return True
    if question not in YEARLY or filters.districts or filters.villages:
        return False
    if question == "survival" and (filters.until is not None or filters.sectors):
        return False
    return len(filters.sectors) < 2 and filters.denominator == "regency"
