"""What of an answer a slide draws as a native chart: its data, with what a slide needs besides."""

from collections.abc import Sequence
from dataclasses import replace

from kub.answers.answer import Answer
from kub.charts.chart_data import ChartData, Key, Kind, Role, Series

# Shares over the years are columns: a native area chart cannot bear a label in each part.
KINDS: dict[Kind, Kind] = {
    "line": "line",
    "step": "line",
    "area": "column",
    "bar": "bar",
    "column": "column",
    "dots": "dots",
    "xy": "xy",
}


def panels(answer: Answer) -> list[ChartData]:
    """One native chart each; none where a table tells it instead.

    A line with gaps is none: it would run on over the years that were not reported, since it has to
    where only a published figure has a date.
    """
    if answer.data is None or answer.data.kind not in KINDS:
        return []
    shown = answer.data.all_panels()
    if not all(panel.series for panel in shown) or any(map(_gaps, shown)):
        return []
    return [_on_slide(panel, answer.measure) for panel in shown]


def _gaps(panel: ChartData) -> bool:
    return any(None in series.values for series in panel.series)


def _on_slide(panel: ChartData, measure: str) -> ChartData:
    kind = KINDS[panel.kind]
    if panel.kind == "step" and panel.categories:
        kind = "column"  # steps of ages are no line between dates
    series = [replace(line, name=line.name or measure) for line in panel.series]
    if kind == "dots":
        # Diamonds lie around the others, whatever a program draws last; in the legend stands the
        # mark itself.
        series = [replace(dots, name=dots.name.lstrip("◇ ")) for dots in series]
        series.sort(key=lambda dots: dots.role == "published")
    return replace(panel, kind=kind, series=tuple(series))


def keys(panel: ChartData) -> list[Key]:
    """What stands along the axis of names; of dates all that any series has."""
    if panel.categories:
        return [category.key for category in panel.categories]
    return sorted({key for series in panel.series for key in series.keys})


def origin(along: Sequence[float]) -> float:
    """Where an axis of numbers begins: at nothing, but for calendar years at the first."""
    return min(along) if min(along) >= 1000 else min(0.0, *along)


def paired(panel: ChartData) -> bool:
    """Whether bars of two sides stand side by side, instead of one on the other."""
    sides = [set(series.keys) for series in panel.series]
    compared = any(series.role == "against" for series in panel.series)
    return compared and len(sides) == 2 and bool(sides[0] & sides[1])


# Roles of marks that no line joins; of lines that bear no name at their end.
MARKS: tuple[Role, ...] = ("published", "target")
UNNAMED: tuple[Role, ...] = ("ground", "projection")


def is_line(panel: ChartData, series: Series) -> bool:
    """Whether a line runs through its points."""
    return panel.kind in ("line", "xy") and series.role not in MARKS


def main_lines(panel: ChartData) -> Sequence[Series]:
    """The lines that bear a name; the others are only a ground to compare with."""
    return [line for line in panel.series if is_line(panel, line) and line.role not in UNNAMED]
