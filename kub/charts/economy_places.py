"""Figures of Ekonomi in the villages, in one year: as map and as ranking."""

from functools import partial

import pandas as pd

from kub.charts.chart_data import (
    Chart,
    ChartData,
    Point,
    Series,
    nothing,
    numbered,
)
from kub.charts.shading import ZERO, Layer, shaded
from kub.charts.stretch import scale
from kub.charts.villages import height as bars_height
from kub.findings.economy_places import (
    RevenueState,
    ranked_villages,
    revenue_places,
    state,
)
from kub.findings.overview import known
from kub.findings.phrases import Row, records
from kub.findings.reach import named, noun
from kub.findings.villages import SHOWN
from kub.look import Mode, bar_axes, bars, palette, safe
from kub.places.areas import Areas
from kub.words import Words

# How land without an amount is drawn, in the order of the legend.
WITHOUT: dict[RevenueState, str] = {
    "zero": ZERO,
    "not_stated": "not_reported",
    "no_members": "not_reported",
    "suppressed": "suppressed",
}


def height(frame: pd.DataFrame) -> int:
    """px that `revenue_ranking` needs."""
    return bars_height(int(frame["revenue_idr"].notna().sum()), SHOWN)


def revenue_villages(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    revenue_measure: str = "revenue_per_kub",
    areas: Areas | None = None,
    selected: str | None = None,
) -> Chart:
    """The map: where do KUB earn how much? Not stated, withheld and nothing look different.

    areas, selected: as in kub/charts/shading.py.
    """
    rows = records(frame)
    texts = {row["village_code"]: _village(row, revenue_measure, words) for row in rows}
    legend = "revenue_villages.legend"
    title = words(f"{legend}.{revenue_measure}")
    layer = Layer(
        title=title,
        spec="rp",
        values={row["village_code"]: row[revenue_measure] for row in rows},
        states={row["village_code"]: state(row, revenue_measure) for row in rows},
        texts=texts,
        without={name: (words(f"{legend}.{name}"), fill) for name, fill in WITHOUT.items()},
        outside=words(f"{legend}.outside"),
        heading=words(
            "villages.legend.heading", title=title, noun=noun(frame["village_code"], words)
        ),
        noun=partial(noun, frame["village_code"], words),
    )
    return shaded(frame, layer, words, mode, areas, selected)


def _village(row: Row, column: str, words: Words) -> str:
    """What the pointer says of a village."""
    lines = [
        f"<b>{safe(row['village'])}</b>",
        safe(words("villages.hover.district", district=row["district"])),
        safe(words("revenue_villages.hover.stated", earners=row["earners"], lived=row["lived"])),
    ]
    kind = state(row, column)
    if kind in ("value", "zero"):
        amounts = [column, *(name for name in ("revenue_per_kub", "revenue_idr") if name != column)]
        lines += [
            safe(words(f"revenue_villages.hover.{name}", amount=row[name]))
            for name in amounts
            if known(row[name])
        ]
    elif kind != "not_stated":
        lines.append(safe(words(f"revenue_villages.legend.{kind}")))
    return "<br>".join(lines)


def revenue_ranking(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    revenue_measure: str = "revenue_per_kub",
    selected: str | None = None,
) -> Chart:
    """Bars, most first: in which villages do KUB earn most?

    No number before a village in which too few KUB state their revenue. selected: code of the
    village in the accent.
    """
    p, ranked = palette(mode), ranked_villages(frame, revenue_measure)
    if ranked.empty:
        return nothing(words("economy.none_todo"), mode)
    top, places = ranked[:SHOWN], revenue_places(ranked, revenue_measure)[:SHOWN]
    names = [
        words("villages_ranking.rank", rank=place, village=name) if place else name
        for name, place in zip(named(ranked), places, strict=False)
    ]
    values = [float(value) for value in top[revenue_measure]]
    texts = [words.write(value, "rp3") for value in values]
    codes = top["village_code"].tolist()
    # Rows are numbered, names are their tick texts: a name may stand twice.
    ranking = Series(
        "",
        tuple(
            Point(row, value, role="own" if selected in (None, code) else "context")
            for row, (value, code) in enumerate(zip(values, codes, strict=True))
        ),
        written=True,
    )
    data = ChartData("bar", (ranking,), numbered(names), "rp", scale(max(values), "rp"))
    bar = bars(names, values, texts, ranking.colors(p), customdata=codes, hoverinfo="none")
    bar["y"] = ranking.keys
    layout = bar_axes(values, texts)
    layout["yaxis"] |= {
        "type": "linear",
        "tickvals": ranking.keys,
        "ticktext": [safe(name) for name in names],
    }
    return Chart(data, {"data": [bar], "layout": layout})
