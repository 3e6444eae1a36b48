"""The other side of a comparison: what of the filters is another there."""

from dataclasses import dataclass, fields, replace

from queries.filters import Filters

PREFIX = "against_"


@dataclass(frozen=True)
class Against:
    """What the other side of a comparison replaces of the filters; nothing of it is no comparison.

    Each field is one of Filters and means there what it means here: link and option are called
    `against_<field>`. No rows of its own: both sides are answers under Filters.
    """

    programme: str | None = None
    districts: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    until: int | None = None

    def __bool__(self) -> bool:
        return self != NO_COMPARISON

    def filters(self, own: Filters) -> Filters:
        """The filters of the other side. own: those of this one.

        Another programme has other places and no peers; villages or districts stand in the place
        of both. A first year after the last one there says nothing and is left out.
        """
        other = own
        if self.programme is not None:
            other = replace(other, programme=self.programme, districts=(), villages=(), peers=())
        if self.districts or self.villages:
            other = replace(other, districts=self.districts, villages=self.villages)
        if self.sectors:
            other = replace(other, sectors=self.sectors)
        if self.until is not None:
            other = replace(other, until=self.until)
        if other.since is not None and other.until is not None and other.since > other.until:
            other = replace(other, since=None)
        return other


NO_COMPARISON = Against()
NAMES = tuple(PREFIX + field.name for field in fields(Against))
MANY = tuple(PREFIX + field.name for field in fields(Against) if field.default == ())
