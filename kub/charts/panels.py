"""Small multiples on one scale: three side by side, two on a
phone, the others' lines grey behind each.
"""

from collections.abc import Sequence
from math import ceil
from typing import Any

from kub.charts.chart_data import Chart, ChartData, Series, categories, points
from kub.charts.years import from_zero, value_axis
from kub.look import Palette, label, line, safe
from kub.words import Words

MOST = 9
HEIGHT, ALONE = 140, 320  # px of a row of panels; of a single one
GAP, GAP_NARROW = 0.05, 0.12  # between panels, of the width
HEAD, FOOT = 26, 26  # px above and below each

# Its name, its values, and the code of its line; "" of several together.
Panel = tuple[str, Sequence[float], str]
Cell = tuple[list[float], list[float]]


def height(panels: int) -> int:
    """px of the whole figure. It holds for a phone too, where panels stand two in a row."""
    return ALONE if panels < 2 else max(2, ceil(panels / 2)) * HEIGHT


def multiples(
    panels: Sequence[Panel], years: Sequence[int], words: Words, p: Palette, provisional: bool
) -> Chart:
    """One panel each, named with its last value.

    panels: at most MOST, at least one; values as many as years.
    """
    count = len(panels)
    columns = side_by_side(count)
    edges = HEAD / height(count), FOOT / height(count)
    wide = cells(count, columns, GAP, *edges)
    narrow = cells(count, min(count, 2), GAP_NARROW, *edges)
    highest = max(max(values) for _, values, _ in panels)
    x = [str(year) for year in years]
    drawn = tuple(_panel(number, panels, x, highest, words, provisional) for number in range(count))
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {"annotations": []}
    patch: dict[str, Any] = {}
    for number, (name, values, code) in enumerate(panels):
        suffix = str(number + 1) if number else ""
        place = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        others = [line_values for at, (_, line_values, _) in enumerate(panels) if at != number]
        hover = f"%{{x}}<br>{safe(name)} %{{y:,.0f}}<extra></extra>"
        main = drawn[number].series[-1]
        named: dict[str, Any] = {"name": safe(name)}
        if code:
            named["customdata"] = [code] * len(x)
        course = line(
            x,
            main.values,
            main.color(p),
            provisional=main.provisional,
            hovertemplate=hover,
            **named,
        )
        data += [trace | place for trace in [*_context(x, others, p), *course]]
        across, up = wide[number]
        layout |= {
            f"xaxis{suffix}": {
                "type": "category",
                "domain": across,
                "anchor": place["yaxis"],
                "tickangle": 0,
                "tickvals": list(dict.fromkeys([x[0], x[-1]])),
                "range": [-0.05 * len(x) - 0.1, len(x) - 0.9],
            },
            f"yaxis{suffix}": {
                "domain": up,
                "anchor": place["xaxis"],
                "showticklabels": number % columns == 0,
            }
            | value_axis(highest)
            | {"nticks": 4},
        }
        patch |= {
            f"xaxis{suffix}": {"domain": narrow[number][0]},
            f"yaxis{suffix}": {"domain": narrow[number][1], "showticklabels": number % 2 == 0},
        }
        heading = label(0, 1, f"{name} {words.number(values[-1])}", p.ink, bold=True)
        heading |= {"name": code} if code else {}
        inside = {"xref": f"x{suffix} domain", "yref": f"y{suffix} domain", "yanchor": "bottom"}
        layout["annotations"].append(heading | inside | {"xshift": 0, "yshift": 2})
    figure = {"data": data, "layout": layout | {"meta": {"narrow": patch}}}
    return Chart(drawn[0] if count == 1 else ChartData("line", panels=drawn), figure)


def _panel(
    number: int,
    panels: Sequence[Panel],
    x: list[str],
    highest: float,
    words: Words,
    provisional: bool,
) -> ChartData:
    """One panel: the others' lines as its ground, and its own."""
    others = [
        Series(words("pack.deck.others"), points(x, values), "ground")
        for at, (_, values, _) in enumerate(panels)
        if at != number
    ]
    name, values, _ = panels[number]
    main = Series(name, points(x, values), provisional=provisional and len(x) > 1)
    return ChartData(
        "line",
        (*others, main),
        categories(x, x),
        title=name if others else "",
        axis=from_zero(max(highest, 1)),
    )


def _context(x: list[str], others: Sequence[Sequence[float]], p: Palette) -> list[dict[str, Any]]:
    """All other lines as one trace, with gaps between them."""
    if not others:
        return []
    trace = {
        "type": "scatter",
        "mode": "lines",
        "line": {"color": p.line, "width": 1.5},
        "hoverinfo": "skip",
    }
    gaps = {
        "x": [year for _ in others for year in [*x, None]],
        "y": [y for values in others for y in [*values, None]],
    }
    return [trace | gaps]


def side_by_side(count: int) -> int:
    """How many panels stand side by side on a screen."""
    # Four stand two by two: three in a row would leave one alone below them.
    if count == 4:
        return 2
    return min(count, 3)


def cells(count: int, columns: int, gap: float, head: float, foot: float) -> list[Cell]:
    """(x domain, y domain) of each panel. gap: between two, of the width; head, foot: room above
    for its name and below for its years, of the height.
    """
    width, rows = (1 - gap * (columns - 1)) / columns, ceil(count / columns)
    places = []
    for number in range(count):
        row, column = divmod(number, columns)
        left, top = column * (width + gap), 1 - row / rows
        places.append(([left, left + width], [top - 1 / rows + foot, top - head]))
    return places
