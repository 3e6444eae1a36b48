"""Self-declared figures of a regency without records here: checked like records, kept by nobody.

A guest states about twelve numbers. They become a row in the columns of the macro guest_figures, so every
rate, interval and rank is computed for the guest by the same SQL as for the programmes.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol, get_args

from kub.places import villages_of
from kub.records.dates import FIRST_YEAR
from kub.scope import is_kelurahan
from kub.words import Words
from queries.filters import SECTORS, Filters

# How the guest counts KUB: those active now as here, all ever formed, or those aided in one year.
Counted = Literal["active", "formed", "aided"]
COUNTED: tuple[str, ...] = get_args(Counted)
REQUIRED = ("regency_code", "population", "population_year", "villages", "as_of", "kub", "members", "covered")
# Members of one KUB on average, as the rule members_range has them for each.
FEWEST, MOST = 2, 500


class Declared(Protocol):
    """Figures that stand beside the programmes for one session: a form (Guest) or a workbook (guest_file.GuestFile)."""

    @property
    def closed(self) -> int | None:
        """KUB closed since the start; None if that is not known."""

    def row(self, number: int, filters: Filters) -> dict[str, Any]:
        """The columns of the macro guest_figures under filters; None or left out is not known. number: from 1."""


@dataclass(frozen=True)
class Guest:
    """What a guest states; None is not stated. closed: KUB closed since the start. sectors: active KUB by SECTORS.

    kub_before: active KUB three years before as_of. first_year: year of the first founding.
    """

    regency_code: str
    regency: str
    population: int
    population_year: int
    villages: int
    as_of: date
    kub: int
    members: int
    covered: int
    women: int | None = None
    first_year: int | None = None
    kub_before: int | None = None
    closed: int | None = None
    sectors: tuple[int, ...] | None = None
    counted: str = "active"

    def row(self, number: int, filters: Filters) -> dict[str, Any]:
        """Under a filter of sectors only what is stated by sector is known."""
        kub: int | None = self.kub
        members: int | None = self.members
        covered: int | None = self.covered
        women, before = self.women, self.kub_before
        if filters.sectors:
            parts = dict(zip(SECTORS, self.sectors or (), strict=False))
            kub = sum(parts[sector] for sector in filters.sectors) if parts else None
            members = women = covered = before = None
        year = self.as_of.year
        now = {"year": year, "as_of": self.as_of, "provisional": False, "kub": kub, "members": members}
        years = [now] if before is None else [_earlier(year - 3, before), now]
        return {
            "programme": f"guest-{number}",
            "regency": self.regency,
            "regency_code": self.regency_code,
            "year": year,
            "as_of": self.as_of,
            "provisional": False,
            "kub": kub,
            "members": members,
            "women": women,
            "women_members": members if women is not None else None,
            "villages": self.villages,
            "covered": covered,
            "kelurahan": sum(is_kelurahan(village.code) for village in villages_of(self.regency_code)),
            "population": self.population,
            "population_year": self.population_year,
            "kub_before": before,
            "kub_after": kub,
            "sectors": self.sectors,
            "counted": None if self.counted == "active" else self.counted,
            "first_year": self.first_year,
            "years": years if self.first_year is not None else [],
        }


def _earlier(year: int, kub: int) -> dict[str, Any]:
    return {"year": year, "as_of": date(year, 12, 31), "provisional": False, "kub": kub, "members": None}


@dataclass(frozen=True)
class Fault:
    """A figure that cannot be right. rule: key under [guest.fault] in the words; field: its name in the form."""

    field: str
    rule: str
    values: dict[str, Any]

    def message(self, words: Words) -> str:
        return f"{words(f'guest.field.{self.field}')}: {words(f'guest.fault.{self.rule}', **self.values)}"


# Beyond these somebody has slipped; a screen shared by many must not have to draw it.
LARGEST = {"population": 300_000_000, "villages": 100_000} | dict.fromkeys(("kub", "kub_before", "closed"), 1_000_000)


def faults(said: dict[str, Any], today: date) -> list[Fault]:
    """What is wrong with the figures of a form, all at once. said: the fields of Guest, None where left empty."""
    missing = [Fault(name, "missing", {}) for name in REQUIRED if said.get(name) is None]
    return missing or list(_wrong(said, today))


def _wrong(said: dict[str, Any], today: date) -> Iterator[Fault]:
    kub, members, as_of = said["kub"], said["members"], said["as_of"]
    for name in ("population", "villages"):
        if said[name] < 1:
            yield Fault(name, "none", {})
    for name, largest in LARGEST.items():
        if (said.get(name) or 0) > largest:
            yield Fault(name, "too_many", {"most": largest})
    if not FIRST_YEAR <= said["population_year"] <= today.year:
        yield Fault("population_year", "year", {"first": FIRST_YEAR, "last": today.year})
    if as_of > today:
        yield Fault("as_of", "future", {"today": today})
    for name, most in (("women", "members"), ("covered", "villages"), ("covered", "kub")):
        if (said.get(name) or 0) > said[most]:
            yield Fault(name, f"more_than_{most}", {"most": said[most]})
    if kub and not FEWEST * kub <= members <= MOST * kub or members and not kub:
        yield Fault("members", "range", {"low": FEWEST * kub, "high": MOST * kub})
    if kub and not said["covered"]:
        yield Fault("covered", "nowhere", {"kub": kub})
    first = said.get("first_year")
    if first is not None and not FIRST_YEAR <= first <= as_of.year:
        yield Fault("first_year", "year", {"first": FIRST_YEAR, "last": as_of.year})
    if first is not None and said.get("kub_before") and as_of.year - 3 < first:
        yield Fault("kub_before", "before_first", {"year": as_of.year - 3, "first": first})
    sectors = said.get("sectors")
    if sectors is not None and sum(sectors) != kub:
        yield Fault("sectors", "sum", {"sum": sum(sectors), "kub": kub})


def figures(guests: Sequence[Declared], filters: Filters) -> str:
    """The guests as JSON for queries.ask."""
    return json.dumps([guest.row(number, filters) for number, guest in enumerate(guests, 1)], default=date.isoformat)
