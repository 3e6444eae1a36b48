"""What a native chart of a slide needs, read off an answer's figure: kind, categories, series,
their names.

Reading the figure instead of each question's rows means that slide and screen show the same
numbers, and that a chart written tomorrow works too. `KINDS` holds the few that are better drawn
as something else.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kub.answers.answer import Answer
from kub.exports.pptx import axes as axes_of
from kub.exports.pptx import numbers
from kub.exports.pptx.axes import plain_text
from kub.exports.pptx.sketch import Kind, Series, Sketch
from kub.look import LIGHT, SECTORS
from kub.words import Words
from queries import COMPARED

Trace = Mapping[str, Any]
# Kaplan and Meier's steps are no line between years: slides have columns instead, one per year of
# age.
KINDS: Mapping[str, Kind] = {"survival": "column", "sector_years": "column"}
# Words for series that nothing in the figure names, in its order.
NAMES: Mapping[str, Sequence[str]] = {
    "reconcile": ("", "column.recorded"),
    "growth_reported": ("column.active", "column.reported"),
}
TOLD = frozenset({"rates_funnel"})  # lines of limits say nothing as series of numbers
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_HEAD = re.compile(r" · |: ")


def sketches(answer: Answer, words: Words) -> list[Sketch]:
    """One sketch per panel; none where the figure is a map, a
    matrix or missing: a table tells those.
    """
    figure = answer.figure
    if not figure or answer.chart in TOLD:
        return []
    if any(
        trace["type"] not in ("scatter", "bar") or trace.get("fill") == "toself"
        for trace in figure["data"]
    ):
        return []
    series = [one for one in _series(figure["data"]) if one.points]
    panels = list(dict.fromkeys(one.axes for one in series))
    groups = [[one for one in series if one.axes == axes] for axes in panels]
    drawn = [_sketch(answer, figure, group, group[0].axes, words, len(panels)) for group in groups]
    return drawn if all(map(_countable, drawn)) else []


def _sketch(
    answer: Answer,
    figure: Mapping[str, Any],
    series: list[Series],
    axes: tuple[str, str],
    words: Words,
    panels: int,
) -> Sketch:
    layout = figure["layout"]
    across, up = (layout.get(name[0] + "axis" + name[1:], {}) for name in axes)
    bars = [t for t in figure["data"] if t["type"] == "bar"]
    named = {} if bars else _by_name(series)
    notes = [n for n in layout.get("annotations", []) if n.get("yref", "y") in (axes[1], "paper")]
    for number, one in enumerate(series):
        if answer.chart in NAMES and NAMES[answer.chart][number]:
            one.name = words(NAMES[answer.chart][number])
        one.name = (
            words("pack.deck.published")
            if one.published
            else one.name or _named(one, notes, answer, words)
        )
    flat = bool(bars) and bars[0].get("orientation") == "h"
    stacked = layout.get("barmode") == "stack" or any(t.get("stackgroup") for t in figure["data"])
    if named:
        found: Kind = "rows"
    elif flat:
        found = "bar"
    elif bars:
        found = "column"
    else:
        found = _kind(series, up)
    kind = KINDS.get(answer.chart, found)
    values = across if kind in ("bar", "rows") else up
    share = "%" in "".join(
        [*map(str, values.get("ticktext", ())), str(values.get("tickformat", ""))]
    )
    share = (
        share
        or bool(bars)
        and all(isinstance(v, float) and v <= 1 for one in series for _, v in one.points)
    )
    ticks = axes_of.ticks(up if kind in ("bar", "rows") else across)
    told = _numbers(values, words) | {"share": share}
    if kind == "rows":
        # stems of dots lead from their names only
        dots = [one for one in series if not (named and one.joined)]
        dots.sort(key=lambda one: one.published)  # around the others, whatever a program draws last
        for one in dots:
            one.name = one.name.lstrip("◇ ")  # in the legend stands the mark itself
        rows = axes_of.beside(named, figure["data"]) if named else axes_of.rows(ticks, notes)
        return Sketch(kind, dots, named or ticks, rows, axis=axes_of.range(across), **told)
    keys = sorted({x for one in series for x, _ in one.points}) if KINDS.get(answer.chart) else None
    if keys is not None:  # two traces of one measure: one series in the order of x
        series = series if stacked else [_merged(series, _measure(answer))]
    dates = kind == "line" and all(_DATE.match(str(x)) for one in series for x, _ in one.points)
    xs = keys or list(dict.fromkeys(x for one in series for x, _ in one.points))
    names = {} if dates or kind == "xy" else {x: ticks.get(x, plain_text(str(x))) for x in xs}
    title = _panel(series) if panels > 1 else ""
    caption = (
        plain_text(str(across.get("title", {}).get("text", "")))
        if kind in ("xy", "column", "line")
        else ""
    )
    ends = axes_of.range(up) if kind in ("xy", "line") else None
    if stacked and flat:
        axes_of.multiples(series, notes)
    return Sketch(kind, series, names, (), title, stacked, axis=ends, caption=caption, **told)


def _numbers(axis: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """How the language writes a percentage, thousands and this axis'
    rupiah, and the distance of its ticks.
    """
    space = words.percent(0, 0)[1:-1]
    most = max(
        (tick for tick in axis.get("tickvals", ()) if isinstance(tick, int | float)), default=0
    )
    money = any("Rp" in str(text) for text in axis.get("ticktext", ()))
    return {
        "percent": f'0"{space}"%' if space else "0%",
        "group": words.number(1000)[1],
        "money": numbers.unit(most, words.rupiah(most)) if money else None,
        "step": numbers.step(axis),
        "interval": words("method.item.interval.name"),
    }


def _countable(one: Sketch) -> bool:
    """Whether a chart of categories tells each number once, under a
    name, in series that can be told apart.
    """
    if one.kind in ("rows", "xy"):
        return True
    if one.kind == "line":
        return all(series.joined or series.published for series in one.series)
    keys = [[key for key, _ in series.points] for series in one.series]
    named = len({series.name for series in one.series}) == len(one.series)
    written = all(isinstance(key, str) or float(key).is_integer() for each in keys for key in each)
    return named and written and all(len(set(each)) == len(each) for each in keys)


def _series(traces: Sequence[Trace]) -> list[Series]:
    """Traces as series: what only fills or catches the pointer is
    dropped, the pieces of one line are joined.
    """
    found: list[Series] = []
    for trace in traces:
        line, marker = trace.get("line", {}), trace.get("marker", {})
        unseen = line.get("width") == 0 or marker.get("opacity") == 0 or trace.get("mode") == "text"
        if unseen or marker.get("color") == LIGHT.grid:
            continue
        for piece in _pieces(trace):
            last = found[-1] if found else None
            if (
                last
                and last.joined
                and last.color == piece.color
                and last.axes == piece.axes
                and _goes_on(last, piece)
            ):
                last.points += [point for point in piece.points if point not in last.points]
                last.provisional |= line.get("dash") == "dot" or str(
                    marker.get("symbol", "")
                ).endswith("-open")
            else:
                found.append(piece)
    return found


def _pieces(trace: Trace) -> Iterator[Series]:
    """The stretches of a trace between its gaps.

    Values are x in horizontal bars and in rows of dots, else y.
    """
    line, marker, bar = trace.get("line", {}), trace.get("marker", {}), trace["type"] == "bar"
    flat = trace.get("orientation") == "h"
    keys, values = (trace["y"], trace["x"]) if flat else (trace["x"], trace["y"])
    colors = marker.get("color", "")
    color = trace.get("fillcolor") if trace.get("stackgroup") else line.get("color")
    if isinstance(colors, str):
        first = colors
    elif len(colors):
        first = colors[0]
    else:
        first = ""
    hatched = marker.get("pattern", {}).get("shape", "")
    base: dict[str, Any] = {
        "color": color or first or LIGHT.accent,
        "name": plain_text(str(trace.get("name") or "")) or _head(trace),
        "joined": not bar and "lines" in trace.get("mode", "lines"),
        "published": str(marker.get("symbol", "")).startswith("diamond"),
        "provisional": bar and bool(hatched and not isinstance(hatched, str) and hatched[-1]),
        "written": bar and any(str(text).strip() for text in trace.get("text") or ()),
        "axes": (trace.get("xaxis") or "x", trace.get("yaxis") or "y"),
        "colors": () if isinstance(colors, str) else tuple(colors),
    }
    errors = trace.get("error_x", {})
    base |= {"low": tuple(errors.get("arrayminus", ())), "high": tuple(errors.get("array", ()))}
    points: list[tuple[Any, float]] = []
    for key, value in zip(keys, values, strict=True):
        if key is None or (value is None and base["joined"]):
            if points:
                yield Series(points, **base)
            points = []
        elif value is not None and value == value:
            points.append((key, value))
    if points:
        yield Series(points, **base)


def _goes_on(before: Series, piece: Series) -> bool:
    same = all(point in before.points for point in piece.points)
    return not piece.published and (same or piece.points[0] == before.points[-1])


def _kind(series: Sequence[Series], up: Mapping[str, Any]) -> Kind:
    """Rows of dots where each value of y is the number of a name."""
    ticks = set(up.get("tickvals", ())) if up.get("ticktext") else set()
    if (
        ticks
        and not any(s.joined for s in series)
        and all(y in ticks for one in series for _, y in one.points)
    ):
        return "rows"
    return "line" if all(isinstance(x, str) for one in series for x, _ in one.points) else "xy"


def _head(trace: Trace) -> str:
    """A series' name out of what it says under the pointer; ''
    where its points have different ones.
    """
    if template := trace.get("hovertemplate", ""):
        return plain_text(re.sub(r"%\{[^}]*\}|<extra>.*", "", template)).strip(" ·:\n")
    heads = {plain_text(_HEAD.split(str(text))[0]) for text in trace.get("hovertext") or ()}
    return (
        heads.pop()
        if len(heads) == 1 and trace["type"] == "scatter" and not trace.get("fill")
        else ""
    )


def _named(one: Series, notes: Sequence[Mapping[str, Any]], answer: Answer, words: Words) -> str:
    """By what it is, by the label at its last point, by a label of its
    colour; the only one by its measure.
    """
    for code, color in SECTORS.items():
        if one.color == color and not one.colors:
            return words(f"sector.{code}")
    x, y = one.points[-1]
    beside = [n for n in notes if n.get("x") == x and n.get("y") == y]
    alike = [
        n for n in notes if n.get("font", {}).get("color") == one.color or one.color in n["text"]
    ]
    for note in [*beside, *alike]:
        text = plain_text(note["text"]).split("\n")[0].strip("■●◇ ")
        if re.match(r"(?!Rp)[^\W\d]", text):  # else it is the value there
            return re.sub(r"\s[\d.,]+(\s?%)?$", "", text)
    if one.color in (LIGHT.context, LIGHT.line):
        return words(
            "pack.deck.others_programmes" if answer.question in COMPARED else "pack.deck.others"
        )
    return _measure(answer)


def _measure(answer: Answer) -> str:
    return answer.finding.subtitle.split(" · ")[0].split("; ")[0]


def _merged(series: Sequence[Series], name: str) -> Series:
    """Pieces of one measure in the order of x; each keeps its colour."""
    colors = {x: one.color for one in series for x, _ in one.points}
    points = dict(sorted(point for one in series for point in one.points))
    main = max(series, key=lambda one: len(one.points))
    return Series(list(points.items()), main.color, name, colors=[colors[x] for x in points])


def _by_name(series: Sequence[Series]) -> dict[Any, str]:
    """Where y are names: their rows by number, as which the points are put; else nothing."""
    ups: list[Any] = [y for one in series for _, y in one.points]
    names: list[Any] = [y for y in dict.fromkeys(ups) if isinstance(y, str)]
    if names:
        for one in series:
            one.points = [(x, names.index(y)) for x, y in one.points]
    return {number: plain_text(name) for number, name in enumerate(names)}


def _panel(series: Sequence[Series]) -> str:
    """A panel's heading is the name of its line; what it is compared with was drawn before it."""
    return next((one.name for one in reversed(series) if one.joined), series[0].name)
