"""The whole view in the address: what a link says, and the link that says a view.

The address is the single source of truth. Values are language-neutral codes, defaults are left
out, and what a link says that we do not know is handed back to be said: on the screen, or in the
answer to a request for data.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from kub.records.dates import FIRST_YEAR, LAST_YEAR
from kub.store.data import Data
from kub.words import LANGUAGES, Words
from queries import ROLES, against
from queries.against import NO_COMPARISON, PREFIX, Against
from queries.filters import DENOMINATORS, DIMENSIONS, MEASURES, SECTORS, Filters

Code = TypeVar("Code", bound=str)
Query = dict[str, str | list[str]]
Values = Mapping[str, list[str]]

FRAME = (
    "lang",
    "programme",
    "districts",
    "villages",
    "sectors",
    "since",
    "until",
    "denominator",
    "measure",
    "peers",
    "rows",
    "columns",
)
# Names of single pages' controls (docs/data.md). They choose what is drawn, never which rows.
CONTROLS = frozenset(
    [
        *("scale", "per", "profile", "base", "axis", "ours", "code", "join", "part", "amount"),
        *("plan_for", "plan_years", "plan_from", "plan_members", "goal", "mix"),
        *(f"mix_{sector}" for sector in SECTORS),
        *("unit", "library_base", "library_amount", "has", "school_measure", "revenue_measure"),
        *("visit", "step", "all", "speaker", "private"),
        *("explore", "kub", "search", "state", "reported", "sort", "cols", "value", "sql"),
        *("section", "calendar_year", "calendar_district", "shown_version", "shown_with"),
        *("versions_page", "trail_action", "province"),
    ]
)
# The other side of a comparison: no filters of this one, so they stand beside the controls.
AGAINST = against.NAMES
# fmt: off
ONCE = (
    "lang", "programme", "since", "until", "denominator", "measure", "role", "rows", "columns",
    *(name for name in AGAINST if name not in against.MANY),
)
# fmt: on
NOTHING = Filters()
MANY = (*(name for name in FRAME[1:] if getattr(NOTHING, name) == ()), *against.MANY)
ANY_YEAR = range(FIRST_YEAR, LAST_YEAR + 1)

LONGEST = 60  # characters of a value that are repeated


def shortened(value: str) -> str:
    """A value as it is repeated to whoever wrote it."""
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"


@dataclass(frozen=True)
class Unknown:
    """A value of the link that was left aside. rule: key under [unknown] in the words."""

    name: str
    value: str
    rule: str

    def message(self, words: Words) -> str:
        return words(f"unknown.{self.rule}", name=self.name, value=shortened(self.value))


@dataclass(frozen=True)
class Parsed:
    """What a link says.

    controls: every other name with its values, for the page to check; those of the comparison as
    they are understood. repeated: names that stand twice although they are no lists.
    """

    lang: str
    filters: Filters
    controls: Mapping[str, tuple[str, ...]]
    unknown: tuple[Unknown, ...] = ()
    repeated: tuple[str, ...] = field(default=(), compare=False)
    against: Against = NO_COMPARISON

    @property
    def role(self) -> str:
        return ROLES[-1] if "role" in self.controls else ROLES[0]


def parse(params: Values, data: Data, page: bool = True) -> Parsed:
    """Read a link against the names of the version in use; never raises.

    page: whether what cannot be chosen together on a page is unknown too (villages outside the
    districts, years without data, the own programme as its own peer). Else every code that the
    programme has and every year holds, as options of `ask` do.
    """
    link_values = {
        name: [value for value in values if value != ""] for name, values in params.items()
    }
    unknown: list[Unknown] = []
    lang = _single(link_values, "lang", LANGUAGES, unknown) or LANGUAGES[0]
    programme_id = _single(link_values, "programme", data.programmes, unknown)
    filters = Filters(
        # The default is left out, so that one view has one link.
        programme=None if programme_id == data.default.programme_id else programme_id,
        sectors=_many(link_values, "sectors", SECTORS, unknown),
        denominator=_single(link_values, "denominator", DENOMINATORS, unknown)
        or NOTHING.denominator,
        measure=_single(link_values, "measure", MEASURES, unknown) or NOTHING.measure,
        peers=_many(link_values, "peers", data.programmes, unknown),
        rows=_single(link_values, "rows", DIMENSIONS, unknown) or NOTHING.rows,
        columns=_single(link_values, "columns", DIMENSIONS, unknown) or NOTHING.columns,
    )
    filters = _with_places(filters, link_values, data, unknown)
    if page:
        filters = _that_fit(filters, data, unknown)
    filters = _with_years(
        filters, link_values, data.programme(filters).years if page else ANY_YEAR, unknown
    )
    controls = {
        name: tuple(values)
        for name, values in link_values.items()
        if name not in (*FRAME, *AGAINST, "role") and values
    }
    other = _compared(filters, link_values, data, page, unknown)
    controls |= in_link(other)
    # it goes along as controls do; readers are the default
    if _single(link_values, "role", ROLES, unknown) == ROLES[-1]:
        controls["role"] = (ROLES[-1],)
    repeated = tuple(name for name in ONCE if len(params.get(name, [])) > 1)
    return Parsed(lang, filters, controls, tuple(unknown), repeated, other)


def _compared(
    filters: Filters, link_values: Values, data: Data, page: bool, unknown: list[Unknown]
) -> Against:
    """The other side of a comparison, among the names of its own programme and its own years."""
    values = {
        name.removeprefix(PREFIX): values for name, values in link_values.items() if name in AGAINST
    }
    if not values:
        return NO_COMPARISON
    own, left_aside = data.programme(filters).programme_id, list[Unknown]()
    programme_id = _single(values, "programme", data.programmes, left_aside)
    # Places and years are those of the other side.
    other = Filters(programme=own if programme_id is None else programme_id)
    other = _with_places(other, values, data, left_aside)
    years = data.programme(other).years if page else ANY_YEAR
    compared = Against(
        programme=None if programme_id == own else programme_id,
        districts=other.districts,
        villages=other.villages,
        sectors=_many(values, "sectors", SECTORS, left_aside),
        until=_year(values, "until", years, left_aside),
    )
    unknown += [replace(value, name=PREFIX + value.name) for value in left_aside]
    # Without a year the last one is meant.
    last = data.programme(filters).years[-1:]
    own_filters = data.resolved(replace(filters, until=filters.until or next(iter(last), None)))
    if compared.filters(own_filters) != own_filters:
        return compared
    known = {(value.name, value.value) for value in left_aside}
    unknown += [
        Unknown(PREFIX + name, value, "against_itself")
        for name, listed in values.items()
        for value in dict.fromkeys(listed)
        if (name, value) not in known
    ]
    return NO_COMPARISON


def in_link(other: Against) -> dict[str, tuple[str, ...]]:
    """The names of a comparison with their values."""
    written = {
        PREFIX + name: value if isinstance(value, tuple) else (str(value),)
        for name, value in vars(other).items()
        if value is not None
    }
    return {name: values for name, values in written.items() if values}


def _single(
    link_values: Values, name: str, known: Iterable[Code], unknown: list[Unknown]
) -> Code | None:
    """The value of a name that a link has once.

    Of several the last counts, as browsers' forms have it.
    """
    chosen = None
    for value in link_values.get(name, []):
        match = next((code for code in known if code == value), None)
        chosen = match or chosen
        if match is None:
            unknown.append(Unknown(name, value, name))
    return chosen


def _many(
    link_values: Values, name: str, known: Iterable[str], unknown: list[Unknown]
) -> tuple[str, ...]:
    """The known values of a repeatable name, each once, in the
    order of `known`: one view, one link.
    """
    values = link_values.get(name, [])
    chosen = tuple(code for code in known if code in values)
    unknown += [
        Unknown(name, value, name) for value in dict.fromkeys(values) if value not in chosen
    ]
    return chosen


def _with_places(
    filters: Filters, link_values: Values, data: Data, unknown: list[Unknown]
) -> Filters:
    programme_id = data.programme(filters).programme_id
    districts, villages = (
        _many(link_values, name, sorted(data.codes(name, programme_id)), unknown)
        for name in ("districts", "villages")
    )
    return replace(filters, districts=districts, villages=villages)


def _that_fit(filters: Filters, data: Data, unknown: list[Unknown]) -> Filters:
    """The filters without peers and villages that a page cannot have chosen beside the others."""
    own = data.programme(filters).programme_id
    # The own programme always stands in a comparison: it is no peer of its own.
    peers = tuple(code for code in filters.peers if code != own)
    places, districts = data.villages[own], filters.districts
    inside = tuple(
        code
        for code in filters.villages
        if not districts or places[code].district_code in districts
    )
    unknown += [
        Unknown("villages", places[code].village, "outside_districts")
        for code in filters.villages
        if code not in inside
    ]
    return replace(filters, peers=peers, villages=inside)


def _with_years(
    filters: Filters, link_values: Values, years: Sequence[int], unknown: list[Unknown]
) -> Filters:
    since, until = (_year(link_values, name, years, unknown) for name in ("since", "until"))
    if since is not None and until is not None and since > until:
        unknown.append(Unknown("since", f"{since} > {until}", "since_after_until"))
        since = None
    return replace(filters, since=since, until=until)


def _year(
    link_values: Values, name: str, years: Sequence[int], unknown: list[Unknown]
) -> int | None:
    year = None
    for value in link_values.get(name, []):
        if not (len(value) == 4 and value.isascii() and value.isdigit()):
            unknown.append(Unknown(name, value, "year"))
        elif int(value) not in years:
            unknown.append(Unknown(name, value, "year_without_data"))
        else:
            year = int(value)
    return year


def query(filters: Filters, lang: str, **controls: str | Iterable[str] | None) -> Query:
    """The query of a link to this view. Controls that are None or empty are left out."""
    link_values: Query = {} if lang == LANGUAGES[0] else {"lang": lang}
    for name in FRAME[1:]:
        value = getattr(filters, name)
        if value != getattr(NOTHING, name):
            link_values[name] = list(value) if isinstance(value, tuple) else str(value)
    for name, chosen in sorted(controls.items()):
        if chosen:
            link_values[name] = chosen if isinstance(chosen, str) else list(chosen)
    return link_values


def for_browser() -> dict[str, Any]:
    """What kub/web/address.js has to know to write a link as `query` does.

    orders: of the values of a name; an empty one is that of the codes themselves.
    """
    return {
        "frame": FRAME,
        "once": ONCE,
        "many": MANY,
        "against": AGAINST,
        "orders": {
            **dict.fromkeys(("districts", "villages"), ()),
            **dict.fromkeys((f"{PREFIX}districts", f"{PREFIX}villages"), ()),
            **dict.fromkeys(("sectors", f"{PREFIX}sectors"), SECTORS),
        },
        "defaults": {
            "lang": LANGUAGES[0],
            "denominator": NOTHING.denominator,
            "measure": NOTHING.measure,
            "rows": NOTHING.rows,
            "columns": NOTHING.columns,
        },
    }


def within(filters: Filters, data: Data) -> Filters:
    """The filters as a link may say them: what the programme has,
    villages inside the districts, years in order.
    """
    link_values = query(filters, LANGUAGES[0])
    if filters.since is not None and filters.until is not None and filters.since > filters.until:
        link_values |= {"since": str(filters.until), "until": str(filters.since)}
    return parse(
        {name: [value] if isinstance(value, str) else value for name, value in link_values.items()},
        data,
    ).filters
