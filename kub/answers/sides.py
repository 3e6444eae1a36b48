"""What the two sides of a comparison are called: by what differs between them, and nothing else."""

from dataclasses import dataclass, replace

from kub.answers.scope import places, sectors
from kub.findings.against import Sides
from kub.store.data import Data
from kub.words import Words
from queries.filters import Filters

# What may differ, in the order in which it is named.
FIELDS = ("programme", "districts", "villages", "sectors", "since", "until")


@dataclass(frozen=True)
class Difference:
    """programme, place, sectors, until: whether the sides differ in it."""

    programme: bool
    place: bool
    sectors: bool
    until: bool


def difference(own: Filters, other: Filters) -> Difference:
    """In what two filters differ. own, other: each with a programme."""
    return Difference(
        own.programme != other.programme,
        (own.districts, own.villages) != (other.districts, other.villages),
        own.sectors != other.sectors,
        own.until != other.until,
    )


def common(own: Filters, other: Filters) -> Filters:
    """What narrows both sides alike: the filters without what differs."""
    nothing = Filters()
    different = {
        name: getattr(nothing, name)
        for name in FIELDS
        if name != "programme" and getattr(own, name) != getattr(other, name)
    }
    return replace(own, **different)


def sides(data: Data, own: Filters, other: Filters, words: Words) -> Sides:
    """The names of both sides. own, other: each with a programme."""
    differs = difference(own, other)
    names = [_name(data, side, differs, words) for side in (own, other)]
    wheres = [_where(data, side, differs, words) for side in (own, other)]
    return Sides(*names, *wheres)


def _name(data: Data, side: Filters, differs: Difference, words: Words) -> str:
    """'Kecamatan Tulis', 'Makanan · 2018': as a legend has it."""
    return " · ".join(_parts(data, side, differs, words))


def _parts(data: Data, side: Filters, differs: Difference, words: Words) -> list[str]:
    parts = []
    if differs.programme or differs.place:
        # Target villages narrow both sides alike.
        parts += places(data, replace(side, denominator="regency"), words)
    if differs.sectors:
        parts.append(sectors(side, words) or words("against.all_sectors"))
    if differs.until:
        parts.append(year(data, side))
    return parts


def year(data: Data, side: Filters) -> str:
    """The year that the figures of a side speak of."""
    last = data.programme(side).years[-1:]
    known = [value for value in (side.until, *last) if value is not None]
    return str(min(known)) if known else ""


def _where(data: Data, side: Filters, differs: Difference, words: Words) -> str:
    """'di Kecamatan Tulis', 'di sektor Makanan pada 2018': as a sentence has it."""
    parts = []
    if differs.programme or differs.place:
        named = ", ".join(places(data, replace(side, denominator="regency"), words))
        parts.append(words("against.in_place", name=named))
    if differs.sectors:
        key = "in_sectors" if side.sectors else "in_all_sectors"
        parts.append(words(f"against.{key}", name=sectors(side, words)))
    if differs.until:
        parts.append(words("against.in_year", year=year(data, side)))
    return " ".join(parts)


def scope_line(data: Data, own: Filters, other: Filters, words: Words) -> str:
    """'dibandingkan dengan Kecamatan Bandar', behind the scope of this side."""
    return words("against.scope", name=sides(data, own, other, words).other)
