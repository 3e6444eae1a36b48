"""Self-declared figures of a regency without records here: checked like records, never stored.

A guest states about twelve numbers. They become a row in the columns of the macro guest_figures,
so every rate, interval and rank is computed for the guest by the same SQL as for the programmes.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol, get_args

from kub.places import is_kelurahan, villages_of
from kub.words import Words
from queries.filters import SECTORS, Filters

# How the guest counts KUB: those active now as here, all ever formed, or those aided in one year.
Counted = Literal["active", "formed", "aided"]
COUNTED: tuple[str, ...] = get_args(Counted)
REQUIRED = (
    "regency_code",
    "population",
    "population_year",
    "villages",
    "as_of",
    "kub",
    "members",
    "covered",
)
# Members of one KUB on average, as the rule members_range has them for each.
FEWEST_MEMBERS, MOST_MEMBERS = 2, 500


class Declared(Protocol):
    """Figures that stand beside the programmes for one session, from a form (Guest) or a workbook
    (guests.workbook.GuestFile).
    """

    @property
    def closed(self) -> int | None:
        """KUB closed since the start; None if that is not known."""

    def row(self, number: int, filters: Filters) -> dict[str, Any]:
        """The columns of the macro guest_figures under filters; None or left out is not known.

        number: from 1.
        """


@dataclass(frozen=True)
class Guest:
    """What a guest states; None is not stated.

    kub_before: active KUB three years before as_of. closed: KUB closed since the start. sectors:
    active KUB in the order of SECTORS. first_year: year of the first founding. counted: of COUNTED.
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
        # Everything but KUB is stated for the whole regency only.
        women, before = self.women, self.kub_before
        if filters.sectors:
            parts = dict(zip(SECTORS, self.sectors or (), strict=False))
            kub = None
            if parts:
                kub = sum(parts[sector] for sector in filters.sectors)
            # A form asks nothing but KUB by sector.
            members = women = covered = before = None
        year = self.as_of.year
        # Two points of a curve: now and three years before, as the form asks.
        now = {
            "year": year,
            "as_of": self.as_of,
            "provisional": False,
            "kub": kub,
            "members": members,
        }
        # Without the year of the first founding no year has an age, and the curve has no place.
        years = []
        if self.first_year is not None:
            if before is not None:
                years.append(_earlier(year - 3, before))
            years.append(now)
        women_members = None
        if women is not None:  # the share of women is of those members for whom women are stated
            women_members = members
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
            "women_members": women_members,
            "villages": self.villages,
            "covered": covered,
            "kelurahan": sum(
                is_kelurahan(village.code) for village in villages_of(self.regency_code)
            ),
            "population": self.population,
            "population_year": self.population_year,
            "kub_before": before,
            "kub_after": kub,
            "sectors": self.sectors,
            "counted": None if self.counted == "active" else self.counted,
            "first_year": self.first_year,
            "years": years,
        }


def _earlier(year: int, kub: int) -> dict[str, Any]:
    return {
        "year": year,
        "as_of": date(year, 12, 31),
        "provisional": False,
        "kub": kub,
        "members": None,
    }


@dataclass(frozen=True)
class Fault:
    """A figure that cannot be right.

    rule: key under [guest.fault] in the words; field: its name in the form.
    """

    field: str
    rule: str
    values: dict[str, Any]

    def message(self, words: Words) -> str:
        """What to write, to be read beside the field."""
        return words(f"guest.fault.{self.rule}", **self.values)


# Beyond these somebody has slipped; a screen shared by many must not have to draw it.
LARGEST = {"population": 300_000_000, "villages": 100_000} | dict.fromkeys(
    ("kub", "kub_before", "closed"), 1_000_000
)
# The smallest regency has some 15,000 residents, the smallest island districts a few thousand.
FEWEST_RESIDENTS = 1_000
# No regency of the republic is older, nor any figure about one.
EARLIEST = 1945


def faults(stated: dict[str, Any], today: date) -> list[Fault]:
    """Everything that is wrong with the figures of a form.

    stated: the fields of Guest by name, None where left empty. today: later dates are faults.
    """
    missing = [Fault(name, "missing", {}) for name in REQUIRED if stated.get(name) is None]
    # Each kind is checked whatever the others found: the form shows all at once.
    return [*missing, *_lone(stated, today), *_together(stated)]


def _lone(stated: dict[str, Any], today: date) -> Iterator[Fault]:
    """What is wrong with a figure by itself."""
    population, villages, as_of = (stated.get(name) for name in ("population", "villages", "as_of"))
    if population is not None and population < FEWEST_RESIDENTS:
        yield Fault("population", "too_few", {"least": FEWEST_RESIDENTS})
    if villages is not None and villages < 1:
        yield Fault("villages", "none", {})
    for name, largest in LARGEST.items():
        if (stated.get(name) or 0) > largest:
            yield Fault(name, "too_many", {"most": largest})
    # Checked against the official list where the regency is known; more villages cannot be.
    listed = len(villages_of(stated.get("regency_code") or ""))
    if listed and listed < (villages or 0) <= LARGEST["villages"]:
        yield Fault("villages", "more_than_listed", {"most": listed})
    if as_of is not None and as_of > today:
        yield Fault("as_of", "future", {"today": today})
    # A founding may not lie after the day of the figures, a census not after today.
    for name, last in (("population_year", today.year), ("first_year", (as_of or today).year)):
        year = stated.get(name)
        if year is not None and not EARLIEST <= year <= last:
            yield Fault(name, "year", {"first": EARLIEST, "last": last})


def _together(stated: dict[str, Any]) -> Iterator[Fault]:
    """What contradicts another figure, where both are stated."""
    kub, members, covered = (stated.get(name) for name in ("kub", "members", "covered"))
    closed, before, formed = (
        stated.get("closed"),
        stated.get("kub_before"),
        stated.get("counted") == "formed",
    )
    # KUB sit in villages: there are no more covered villages than KUB.
    for name, most in (("women", "members"), ("covered", "villages"), ("covered", "kub")):
        if stated.get(most) is not None and (stated.get(name) or 0) > stated[most]:
            yield Fault(name, f"more_than_{most}", {"most": stated[most]})
    if (
        kub is not None
        and members is not None
        and not FEWEST_MEMBERS * kub <= members <= MOST_MEMBERS * kub
    ):
        yield Fault(
            "members",
            "range",
            {"kub": kub, "low": FEWEST_MEMBERS * kub, "high": MOST_MEMBERS * kub},
        )
    if kub and covered == 0:
        yield Fault("covered", "nowhere", {"kub": kub})
    if formed and kub is not None and (closed or 0) > kub:
        yield Fault("closed", "more_than_formed", {"most": kub})
    # Whatever was active then is active now or has closed since.
    if kub is not None and (formed or closed is not None):
        ever = kub
        if not formed:
            ever += closed or 0
        if (before or 0) > ever:
            yield Fault("kub_before", "more_than_ever", {"most": ever})
    # Three years before the first founding there was no KUB to state.
    first, as_of = stated.get("first_year"), stated.get("as_of")
    if first is not None and as_of is not None and before and as_of.year - 3 < first:
        yield Fault("kub_before", "before_first", {"year": as_of.year - 3, "first": first})
    sectors = stated.get("sectors")
    if sectors is not None and kub is not None and sum(sectors) != kub:
        yield Fault("sectors", "sum", {"sum": sum(sectors), "kub": kub})


def figures(guests: Sequence[Declared], filters: Filters) -> str:
    """The guests as JSON for queries.ask."""
    return json.dumps(
        [guest.row(number, filters) for number, guest in enumerate(guests, 1)],
        default=date.isoformat,
    )
