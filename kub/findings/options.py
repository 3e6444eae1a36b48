"""The options of a chart: a frozen class per chart that has a choice, shared by page, link and
visit file.

A name or a value that no chart knows is refused with its place (`parse`), never drawn as the
default in silence.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import ConfigDict, Field, ValidationError
from pydantic.dataclasses import dataclass

from kub.words import Words

OptionValue = str | bool | int
Count = Annotated[int, Field(ge=1)]

Scale = Literal["absolute", "indexed"]
Per = Literal["residents", "villages", "count"]
MapPer = Literal["", "count", "residents"]
Axis = Literal["age", "calendar"]
Amount = Literal["assets_idr", "savings_idr", "loans_idr", "customers", "overdue_share"]
LibraryAmount = Literal["visits", "books", "visits_per_1k"]
LibraryBase = Literal["library", "residents", "count"]
Has = Literal["both", "kub", "library", "neither"]
SchoolMeasure = Literal["visits", "students"]
RevenueMeasure = Literal["revenue_per_kub", "revenue_per_member", "revenue_idr"]

Show = Literal["chart", "table"]
PivotValue = Literal["kub", "members", "women", "women_share", "revenue_idr", "assets_idr"]

SCALES: tuple[Scale, ...] = get_args(Scale)
MAP_PERS: tuple[MapPer, ...] = ("count", "residents")
PERS: tuple[Per, ...] = get_args(Per)
AXES: tuple[Axis, ...] = get_args(Axis)
AMOUNTS: tuple[Amount, ...] = get_args(Amount)
LIBRARY_AMOUNTS: tuple[LibraryAmount, ...] = get_args(LibraryAmount)
LIBRARY_BASES: tuple[LibraryBase, ...] = get_args(LibraryBase)
HAS: tuple[Has, ...] = get_args(Has)
SCHOOL_MEASURES: tuple[SchoolMeasure, ...] = get_args(SchoolMeasure)
REVENUE_MEASURES: tuple[RevenueMeasure, ...] = get_args(RevenueMeasure)
PIVOT_VALUES: tuple[PivotValue, ...] = get_args(PivotValue)

# strict: in a TOML file 1, "1" and true are three things. Taking one for another would hide a slip
# of whoever wrote the file.
_STRICT = ConfigDict(extra="forbid", strict=True)
# Written into visit files by earlier releases; since then a chart's context, which no file has to
# name, or what every map does.
_RETIRED = frozenset({"kelurahan", "provisional", "home", "cropped"})


@dataclass(frozen=True, config=_STRICT)
class Options:
    """A chart without a choice; the others add theirs.

    Raises pydantic.ValidationError for what they do not know.
    """

    def codes(self) -> dict[str, OptionValue]:
        """The choices that are not the usual ones, as a visit file has them."""
        usual = {field.name: field.default for field in fields(self)}
        return {name: value for name, value in vars(self).items() if value != usual[name]}


@dataclass(frozen=True, config=_STRICT)
class GrowthOptions(Options):
    """scale: numbers, or the first year = 100. both: KUB and members, in two panels.

    tell: what the title says.
    """

    scale: Scale = "absolute"
    both: bool = False
    tell: Literal["pace", "since"] = "pace"


@dataclass(frozen=True, config=_STRICT)
class SectorsOptions(Options):
    """tell="two": the title says what the two largest make together."""

    tell: Literal["", "two"] = ""


@dataclass(frozen=True, config=_STRICT)
class CoverageOptions(Options):
    """tell="districts": the title says the districts first."""

    tell: Literal["", "districts"] = ""


@dataclass(frozen=True, config=_STRICT)
class MapOptions(Options):
    """per: KUB, or KUB per resident. selected: code of a village."""

    per: MapPer = ""
    selected: str | None = None


@dataclass(frozen=True, config=_STRICT)
class RankingOptions(Options):
    """per, selected: as in MapOptions."""

    per: MapPer = ""
    selected: str | None = None


@dataclass(frozen=True, config=_STRICT)
class RatesOptions(Options):
    """per: KUB (or members) per 10,000 residents, per village, or their count."""

    per: Per = "residents"


@dataclass(frozen=True, config=_STRICT)
class RatesMapOptions(Options):
    """per: as in RatesOptions, but for their count, which has no rate to differ from."""

    per: Literal["residents", "villages"] = "villages"


@dataclass(frozen=True, config=_STRICT)
class ProgrammeYearsOptions(Options):
    """per: as in RatesOptions. axis: years since a programme's first KUB, or calendar years."""

    per: Per = "residents"
    axis: Axis = "age"


@dataclass(frozen=True, config=_STRICT)
class AmountOptions(Options):
    """amount: which figure of microfinance units is drawn."""

    amount: Amount = "assets_idr"


@dataclass(frozen=True, config=_STRICT)
class UnitOptions(Options):
    """unit: code of a microfinance unit; the largest where it is None."""

    unit: str | None = None
    amount: Amount = "assets_idr"


@dataclass(frozen=True, config=_STRICT)
class LibraryVisitsOptions(Options):
    """base: visits per library, per 1,000 residents, or their count."""

    base: LibraryBase = "library"


@dataclass(frozen=True, config=_STRICT)
class LibraryVillagesOptions(Options):
    """has: the part of the matrix that is chosen."""

    has: Has | None = None


@dataclass(frozen=True, config=_STRICT)
class SchoolOptions(Options):
    """school_measure: visits or students."""

    school_measure: SchoolMeasure = "visits"


@dataclass(frozen=True, config=_STRICT)
class RevenueMapOptions(Options):
    """revenue_measure: revenue per KUB, per member or in all. selected: as in MapOptions."""

    revenue_measure: RevenueMeasure = "revenue_per_kub"
    selected: str | None = None


@dataclass(frozen=True, config=_STRICT)
class RevenueRankingOptions(Options):
    """revenue_measure, selected: as in RevenueMapOptions."""

    revenue_measure: RevenueMeasure = "revenue_per_kub"
    selected: str | None = None


@dataclass(frozen=True, config=_STRICT)
class ProgrammeSectorsOptions(Options):
    """most: rows drawn; the table has them all."""

    most: Count = 20


@dataclass(frozen=True, config=_STRICT)
class MicrofinanceOptions(Options):
    """most: rows drawn; the table has them all."""

    most: Count = 16


@dataclass(frozen=True, config=_STRICT)
class LibrariesOptions(Options):
    """amount: what the bars are long by. most: rows drawn; the table has them all."""

    amount: LibraryAmount = "visits"
    most: Count = 20


@dataclass(frozen=True, config=_STRICT)
class AwardsOptions(Options):
    """most: rows drawn; the table has them all."""

    most: Count = 24


@dataclass(frozen=True, config=_STRICT)
class StudyRegenciesOptions(Options):
    """most: rows drawn; the table has them all."""

    most: Count = 20


OptionsType = TypeVar("OptionsType", bound=Options)


@dataclass(frozen=True, config=_STRICT)
class SqlOptions(Options):
    """show: a statement's rows as the chart that suits them, or as a table. most: bars drawn."""

    show: Show = "chart"
    most: Count = 20


@dataclass(frozen=True, config=_STRICT)
class PivotOptions(Options):
    """value: the figure that the table shows."""

    value: PivotValue = "kub"


class BadOption(ValueError):
    """An option that a chart does not have, or a value that it cannot have.

    place: its name; value: as it was written; known: what may stand there, () where that is no
    list.
    """

    def __init__(self, place: str, value: object, rule: str, known: tuple[str, ...]) -> None:
        super().__init__(f"view.{place} = {value!r}")
        self.place, self.value, self.rule, self.known = place, value, rule, known

    def message(self, words: Words) -> str:
        """What is wrong, what may stand there, and what to do."""
        return words(
            f"visit.option.{self.rule}",
            place=self.place,
            value=self.value,
            known=", ".join(self.known),
        )


def parse(kind: type[OptionsType], view: Mapping[str, object]) -> OptionsType:
    """The options that a visit file says.

    Raises BadOption at the first name or value that the chart does not know.
    """
    known = {option.name: option for option in fields(kind)}
    # Files of earlier releases stay readable: what they wrote in vain is passed over in silence.
    codes = {name: value for name, value in view.items() if name not in _RETIRED}
    for name in codes:
        if name not in known:
            rule = "name" if known else "alone"
            raise BadOption(name, codes[name], rule, tuple(known))
    try:
        return kind(**codes)
    except ValidationError as fault:
        # One problem at a time: the first is named, the next once it is mended.
        place = str(fault.errors()[0]["loc"][0])
        values = ("true", "false") if known[place].type is bool else _listed(known[place].type)
        rule = "value" if values else "amount"
        raise BadOption(place, codes[place], rule, values) from fault


def _listed(kind: Any) -> tuple[str, ...]:
    """The values of a Literal, and of one that may be missing; () of other types."""
    return tuple(
        str(value)
        for part in (kind, *get_args(kind))
        for value in get_args(part)
        if isinstance(value, str)
    )
