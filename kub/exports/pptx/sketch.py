"""A native chart before it is one: its series, their marks, and how its axes write numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["line", "bar", "column", "rows", "xy"]


@dataclass
class Series:
    """points: (x or category, value) as the figure has them. low, high: lengths of whiskers, else
    empty.

    provisional: whether the last point is; joined: whether a line runs through the points;
    written: whether their values stand beside them, or for some of the points `texts`; interval:
    see pptx_intervals.
    """

    points: list[tuple[Any, Any]]
    color: str
    name: str = ""
    joined: bool = False
    published: bool = False
    provisional: bool = False
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    colors: Sequence[str] = ()
    written: bool = False
    interval: bool = False
    texts: dict[int, str] = field(default_factory=dict)
    axes: tuple[str, str] = ("x", "y")


@dataclass(frozen=True)
class Sketch:
    """One native chart. rows: cells of the table beside a chart of dots, its first cell the row's
    name.

    categories: as written under (or beside) the columns, by their x; empty for kind "xy" and for
    dates. group: between thousands; money: of rupiah, see pptx_numbers.unit; step: between
    ticks; interval: what whiskers are.
    """

    kind: Kind
    series: Sequence[Series]
    categories: Mapping[Any, str] = field(default_factory=dict)
    rows: Sequence[Sequence[str]] = ()
    title: str = ""
    stacked: bool = False
    share: bool = False
    axis: tuple[float, float] | None = None
    caption: str = ""
    percent: str = "0%"
    group: str = "."
    money: tuple[str, str] | None = None
    step: float = 0.0
    interval: str = ""
