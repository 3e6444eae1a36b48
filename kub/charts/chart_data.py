"""What a chart shows, apart from how it looks: of this are made the figure on the screen, the
native chart of a slide and the native chart of a sheet.

A figure is drawn in more detail than a slide can be (labels, hover, a phone's layout), so each
chart lays out its own; a general renderer for all of them was refused for its size.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kub.look import SECTORS, Figure, Mode, Palette, empty
from kub.words import Words

# Those after "xy" have no native chart: a slide shows a table instead, beside the picture.
# fmt: off
Kind = Literal[
    "line", "step", "area", "bar", "column", "dots", "xy",
    "matrix", "map", "tiles", "timeline", "squares", "pairs", "funnel", "none",
]
# fmt: on
# What a series is, which gives it its colour: the programme itself (or what is measured), a guest,
# other programmes, what is only there to compare with, a second measure, a faint background,
# losses, figures that were published, what was meant to be reached, where the last years lead, the
# other side of a comparison.
# fmt: off
Role = Literal[
    "own", "guest", "peer", "context", "secondary", "ground", "loss", "published", "target",
    "projection", "against",
]
# fmt: on
COLORS: Mapping[Role, str] = {
    "own": "accent",
    "guest": "guest",
    "peer": "context",
    "context": "context",
    "secondary": "muted",
    "ground": "line",
    "loss": "negative",
    "published": "published",
    "target": "ink",
    "projection": "muted",
    "against": "against",
}
Key = str | int | float | date


@dataclass(frozen=True)
class Category:
    """A place on the axis of names. beside: cells that stand beside it where a chart has rows."""

    key: Key
    label: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Point:
    """key: its category, or where it stands on the axis of numbers or dates. value: None where it
    is not known. low, high: the ends of its interval. text: what is written in it instead of the
    value. role, code: its own, where they are not those of the series.
    """

    key: Key
    value: float | None
    low: float | None = None
    high: float | None = None
    text: str = ""
    role: Role | None = None
    code: str = ""


@dataclass(frozen=True)
class Series:
    """name: "" for what the finding measures. code: a sector, or "step0" to "step4" of little to
    much; it gives the colour before the role does. provisional: whether its last point is of an
    unfinished year. written: whether values stand beside its points.
    """

    name: str
    points: tuple[Point, ...]
    role: Role = "own"
    code: str = ""
    provisional: bool = False
    written: bool = False

    @property
    def keys(self) -> list[Key]:
        return [point.key for point in self.points]

    @property
    def values(self) -> list[float | None]:
        return [point.value for point in self.points]

    def color(self, p: Palette) -> str:
        return color(self.role, self.code, p)

    def colors(self, p: Palette) -> list[str]:
        """One for each point."""
        return [color(point.role or self.role, point.code or self.code, p) for point in self.points]


@dataclass(frozen=True)
class Axis:
    """Of the values. step: between ticks; 0 where the program that draws it may choose."""

    low: float
    high: float
    step: float = 0.0


@dataclass(frozen=True)
class CellChart:
    """A chart of a sheet, drawn from the cells of an answer's own rows.

    category: column of the names. columns: those of the values, a series each with its role; or
    one column with a series for each value of the column `by`. stacking: "", "stacked" or
    "percent_stacked". only: (column, value) of the rows drawn.
    """

    kind: Literal["line", "bar", "column"]
    category: str
    columns: tuple[str, ...]
    roles: tuple[Role, ...] = ("own",)
    by: str = ""
    stacking: str = ""
    only: tuple[str, str] | None = None


@dataclass(frozen=True)
class ChartData:
    """One chart, or several panels of one kind.

    categories: in their order; none where keys are dates or numbers. unit: how values are written
    (kub.words.Words.write). headings: of `Category.beside`. caption: what the axis of keys is.
    cells: the charts of a sheet, which are of the answer's columns: a sheet holds all rows, while a
    chart may show a share, a part or an index of them.
    """

    kind: Kind
    series: tuple[Series, ...] = ()
    categories: tuple[Category, ...] = ()
    unit: str = "n"
    axis: Axis | None = None
    title: str = ""
    caption: str = ""
    headings: tuple[str, ...] = ()
    stacked: bool = False
    panels: tuple["ChartData", ...] = ()
    cells: tuple[CellChart, ...] = ()

    @property
    def labels(self) -> list[str]:
        """The names of the categories."""
        return [category.label for category in self.categories]

    def all_panels(self) -> tuple["ChartData", ...]:
        """Its panels; itself where it has none."""
        return self.panels or (self,)


@dataclass(frozen=True)
class Chart:
    """What a chart shows, and the figure laid out of it."""

    data: ChartData
    figure: Figure


def nothing(text: str, mode: Mode) -> Chart:
    """Where there is nothing to draw: a sentence that says which filter to loosen."""
    return Chart(ChartData("none"), empty(text, mode))


def color(role: Role, code: str, p: Palette) -> str:
    if code.startswith("step"):
        return p.steps[int(code[-1])]
    return SECTORS[code] if code else str(getattr(p, COLORS[role]))


def points(keys: Sequence[Key], values: Sequence[float | None]) -> tuple[Point, ...]:
    return tuple(Point(key, value) for key, value in zip(keys, values, strict=True))


def categories(keys: Sequence[Key], labels: Sequence[str]) -> tuple[Category, ...]:
    return tuple(Category(key, label) for key, label in zip(keys, labels, strict=True))


def numbered(labels: Sequence[str]) -> tuple[Category, ...]:
    """Rows by their number: a name may stand twice."""
    return categories(range(len(labels)), labels)


def published(words: Words, keys: Sequence[Key], values: Sequence[float]) -> tuple[Series, ...]:
    """Published figures as a series; none where there are none."""
    name = words("pack.deck.published")
    return (Series(name, points(keys, values), "published"),) if keys else ()


def known_values(series: Sequence[Series]) -> Iterator[float]:
    """The values of series, without those that are not known."""
    return (point.value for line in series for point in line.points if point.value is not None)
