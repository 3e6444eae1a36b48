"""Figures of Tolok Ukur: the own programme among the others,
the host's colour against a guest's.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kub.findings import benchmark as found
from kub.findings.phrases import Row
from kub.look import Figure, Mode, Palette, empty, label, palette, safe, whiskers
from kub.words import Words
from kub.words.columns import indicator_kind, rate_kind

# px of a row, which on a phone holds its name and its dots, and of what stands around
ROW, HEAD, FOOT = 46, 40, 44
FUNNEL, PLOT = 420, 340  # px high: a funnel, and its plot
LINE, CHARACTER = 17, 7.6  # px
STEPS = 48  # points of a limit's curve


def height(frame: pd.DataFrame) -> int:
    """px for `benchmark` (a row per indicator) or `rates` (a row per programme)."""
    if "indicator" in frame.columns:
        return ROW * frame["indicator"].nunique() + HEAD
    return ROW * frame["programme"].nunique() + FOOT


def benchmark(frame: pd.DataFrame, words: Words, mode: Mode, own: str | None = None) -> Figure:
    """A row of dots per indicator, each on its own scale: where does the own programme lie?"""
    p, every = palette(mode), found.lines(frame, own)
    host, guests, peers = every[0][1]
    if not guests and not peers:
        return empty(words("benchmark.alone_todo"), mode)
    dots: dict[str, list[dict[str, Any]]] = {"peers": [], "host": [], "guests": []}
    for number, (indicator, each) in enumerate(every):
        for part, rows in (("peers", each.peers), ("host", [each.host]), ("guests", each.guests)):
            dots[part] += [
                _scaled(row, each, number, indicator, words)
                for row in rows
                if not pd.isna(row["value"])
            ]
    names = [words(f"cell.indicator.{indicator}") for indicator, _ in every]
    told = [(found.figure(each), indicator_kind(indicator)) for indicator, each in every]
    texts = [words.write(row["value"], spec) + _sign(row) for row, spec in told]
    notes = _column(texts, [p.guest if guests else p.accent] * len(texts))
    key = [f'<span style="color:{p.accent}">● {safe(host["regency"])}</span>']
    key += [f'<span style="color:{p.guest}">○ {safe(row["regency"])}</span>' for row in guests]
    key += (
        [f'<span style="color:{p.muted}">• {safe(words("benchmark.others"))}</span>']
        if peers
        else []
    )
    layout = _rows(names, p) | {
        "xaxis": {"visible": False, "range": [-0.04, 1.04]},
        "margin": {"t": HEAD - 8, "r": _room(texts), "b": 8},
        "annotations": [*notes, _key("   ".join(key), p)],
    }
    narrow = {
        "yaxis": {"showticklabels": False},
        "margin": {"t": LINE * len(key) + 16},
        "annotations": [*notes, *_over(names, p), _key("<br>".join(key), p)],
    }
    data = [_trace(dots["peers"], p.context, p)] if peers else []
    data += [_trace(dots["host"], p.accent, p, whisker=True)]
    data += [_trace(dots["guests"], p.guest, p, whisker=True)] if guests else []
    return {"data": data, "layout": layout | {"meta": {"narrow": narrow}}}


def _scaled(
    row: Row, each: found.Comparison, number: int, indicator: str, words: Words
) -> dict[str, Any]:
    """A dot of `benchmark`: value, low and high from 0, the least of its row, to 1, the most."""
    drawn = [other["value"] for other in (each.host, *each.guests, *each.peers)]
    drawn += [one[end] for one in (each.host, *each.guests) for end in ("low", "high")]
    known = [value for value in drawn if not pd.isna(value)]
    least, span = min(known), max(known) - min(known)
    ends, spec = _ends(row), indicator_kind(indicator)
    said = {end: words.write(value, spec) for end, value in ends.items()}
    said |= {"regency": row["regency"], "indicator": words(f"cell.indicator.{indicator}")}
    hover = words(f"benchmark.hover{'' if pd.isna(row['low']) else '_interval'}", **said)
    place = {end: (value - least) / span if span else 0.5 for end, value in ends.items()}
    return place | {"y": number, "hover": _hover(hover, row, words)}


def rates(
    frame: pd.DataFrame, words: Words, mode: Mode, own: str | None = None, per: str = "residents"
) -> Figure:
    """A dot with its 95 % interval per programme, highest first: who has most for its size?"""
    p, rows = palette(mode), sorted(found.rows_per(frame, per), key=_falling)
    if not any(row["value"] > 0 for row in rows if not pd.isna(row["value"])):
        return empty(words("rates.none"), mode)
    parts: dict[str, list[dict[str, Any]]] = {p.context: [], p.accent: [], p.guest: []}
    colors = [_color(row, own, p) for row in rows]
    for number, (row, color) in enumerate(zip(rows, colors, strict=True)):
        if not pd.isna(row["value"]):
            parts[color].append(_ends(row) | {"y": number, "hover": _told(row, words)})
    signs = [found.value(row, words) + _sign(row) for row in rows]
    notes = [_note(row, words) for row in rows]
    texts = [f"{sign} · {note}" if note else sign for sign, note in zip(signs, notes, strict=True)]
    names = [named(row, words) for row in rows]
    longer = [f"{name} · {note}" if note else name for name, note in zip(names, notes, strict=True)]
    inks = [p.ink if color == p.context else color for color in colors]
    highest = max(dot["high"] for dots in parts.values() for dot in dots)
    spec = ",d" if per == "count" else ",.2~f"
    layout = _rows(names, p, inks) | {
        "xaxis": {
            "range": [0, highest * 1.04],
            "nticks": 6,
            "tickformat": spec,
            "showgrid": True,
            "showline": False,
        },
        "annotations": _column(texts, inks),
        "margin": {"r": _room(texts)},
    }
    narrow = {
        "yaxis": {"showticklabels": False},
        "xaxis": {"nticks": 4},
        "margin": {"r": _room(signs)},
        "annotations": [*_column(signs, inks), *_over(longer, p)],
    }
    data = [_trace(dots, color, p, whisker=True) for color, dots in parts.items() if dots]
    return {"data": data, "layout": layout | {"meta": {"narrow": narrow}}}


def named(row: Row, words: Words) -> str:
    """The regency, with '(contoh)' where the figures are invented and the name does not say so."""
    name, sample = str(row["regency"]), words("benchmark.sample")
    if not row["is_sample"] or any(said in name.casefold() for said in ("contoh", sample)):
        return name
    return f"{name} ({sample})"


def _falling(row: Row) -> float:
    """Sorts the highest first, and last what has no value."""
    return float("inf") if pd.isna(row["value"]) else -row["value"]


def _note(row: Row, words: Words) -> str:
    """What the rate is told of: 'penduduk 2022', '248 desa'; nothing beside a count."""
    said = {"year": row["exposure_year"], "exposure": row["exposure"]}
    return "" if pd.isna(row["exposure"]) else words(f"rates.note.{row['per']}", **said)


def _color(row: Row, own: str | None, p: Palette) -> str:
    if row["declared"]:
        return p.guest
    if row["programme"] == own:
        return p.accent
    return p.context


def _sign(row: Row) -> str:
    """' ≈' or ' ≠' where the definition differs; `rates` say only that there is a reason."""
    definition = row.get("definition", "yes" if pd.isna(row["because"]) else "no")
    return (
        f" {found.MARKS[definition]}"
        if definition in found.MARKS and not pd.isna(row["value"])
        else ""
    )


def _ends(row: Row) -> dict[str, Any]:
    """value, low and high; without an interval all three are the value."""
    return {
        end: row["value"] if pd.isna(row[end]) else row[end] for end in ("value", "low", "high")
    }


def _told(row: Row, words: Words) -> str:
    """A row of `rates` in its hover."""
    said = {end: words.write(row[end], rate_kind(row["per"])) for end in ("value", "low", "high")}
    said |= {"n": row["n"], "exposure": row["exposure"], "year": row["exposure_year"]}
    return _hover(words(f"rates.hover.{row['per']}", regency=row["regency"], **said), row, words)


def _hover(text: str, row: Row, words: Words) -> str:
    reason = found.because(row, words)
    return safe(text) + (f"<br>{safe(reason)}" if reason else "")


def _trace(
    dots: Sequence[dict[str, Any]], color: str, p: Palette, whisker: bool = False
) -> dict[str, Any]:
    """Dots of one part of the programmes: the others small, guests
    open rings; with intervals as whiskers.
    """
    size, symbol = 10 if color == p.context else 14, "circle-open" if color == p.guest else "circle"
    value, low, high = ([dot.get(end, 0.0) for dot in dots] for end in ("value", "low", "high"))
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": value,
        "y": [dot["y"] for dot in dots],
        "hovertext": [dot["hover"] for dot in dots],
        "hoverinfo": "text",
        "marker": {
            "color": color,
            "size": size,
            "symbol": symbol,
            "line": {"color": color, "width": 2},
        },
    }
    return trace | ({"error_x": whiskers(value, low, high, color)} if whisker else {})


def _rows(names: Sequence[str], p: Palette, inks: Sequence[str] = ()) -> dict[str, Any]:
    """Numbered rows from the top, names at the left; those with a colour of their own are bold."""
    texts = [safe(name) for name in names]
    bold = [
        f'<b><span style="color:{ink}">{text}</span></b>' if ink != p.ink else text
        for text, ink in zip(texts, inks or [p.ink] * len(texts), strict=True)
    ]
    axis = {
        "type": "linear",
        "tickvals": list(range(len(names))),
        "ticktext": bold,
        "tickfont": {"color": p.ink},
    }
    return {"yaxis": axis | {"range": [len(names) - 0.5, -0.5], "ticklabelstandoff": 8}}


def _column(texts: Sequence[str], colors: Sequence[str]) -> list[dict[str, Any]]:
    """What stands at the right of each row."""
    place = {"xref": "paper", "xshift": 12}
    return [label(1, row, text, colors[row], bold=True) | place for row, text in enumerate(texts)]


def _over(names: Sequence[str], p: Palette) -> list[dict[str, Any]]:
    """On a phone: the name of each row over its dots."""
    place = {"xref": "paper", "xshift": 0, "yshift": 16}
    return [label(0, row, name, p.muted) | place for row, name in enumerate(names)]


def _key(text: str, p: Palette) -> dict[str, Any]:
    """Which dot is whose, over the first row: a line of its own, since
    labels at the dots would lie on others.
    """
    place = {
        "xref": "paper",
        "yref": "paper",
        "yanchor": "bottom",
        "xshift": 0,
        "yshift": 4,
        "text": text,
    }
    return label(0, 1, "", p.ink) | place


def _room(texts: Sequence[str]) -> int:
    return round(CHARACTER * max(map(len, texts)) + 24)


def rates_funnel(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    measure: str,
    own: str | None,
    per: str = "residents",
) -> Figure:
    """Rates against size, between the limits that chance leaves: who really differs?"""
    if per == "count":
        return empty(words("funnel.count_todo"), mode)
    p, rows = palette(mode), found.rows_per(frame, per)
    if len(rows) < 2:
        return empty(words("benchmark.alone_todo"), mode)
    held, overall = found.points(rows)
    if not overall:
        return empty(words("funnel.none_todo"), mode)
    each, sizes = found.unit(measure, per), [row["exposure"] for row in held]
    first, last = min(sizes) * 0.7, max(sizes) * 1.06
    x = [first + (last - first) * step / STEPS for step in range(STEPS + 1)]
    bounds = [[found.limits(overall * size, tail) for size in x] for tail in found.TAILS]
    curves = [
        [b[end] * each / size for b, size in zip(tail, x, strict=True)]
        for tail in bounds
        for end in (0, 1)
    ]
    highest = found.limits(overall * min(sizes), found.TAILS[-1])[1] * each / min(sizes)
    top = 1.08 * max([highest, *(row["value"] for row in held)])
    line: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "x": x,
        "cliponaxis": True,
    }
    data = [line | {"y": [overall * each] * len(x), "line": {"color": p.muted, "width": 1.5}}]
    for curve, dash in zip(curves, ("solid", "solid", "dot", "dot"), strict=True):
        data.append(line | {"y": curve, "line": {"color": p.context, "width": 1.5, "dash": dash}})
    for color in (p.context, p.accent, p.guest):
        mine = [row for row in held if _color(row, own, p) == color]
        dots = [
            {"value": row["exposure"], "y": row["value"], "hover": _told(row, words)}
            for row in mine
        ]
        data += [_trace(dots, color, p)] if dots else []
    average = words("funnel.average", value=words.write(overall * each, rate_kind(per)))
    inner, outer = (
        words("funnel.limit", share=words.percent(*share)) for share in ((0.95, 0), (0.998, 1))
    )
    ends = [(curves[1][-1], inner), (curves[3][-1], outer), (overall * each, average)]
    notes = _apart(
        [label(1, y, text, p.muted) | {"xref": "paper", "xshift": 8} for y, text in ends], top
    )
    told = [
        row
        for row in held
        if _color(row, own, p) != p.context or found.position(row, overall) != "within"
    ]
    names = [_name(row, own, words, p, last) for row in told]
    for anchor in ("left", "right"):
        notes += _apart([note for note in names if note["xanchor"] == anchor], top)
    layout = {
        "xaxis": {
            "range": [0, last],
            "nticks": 6,
            "tickformat": ",d",
            "title": {"text": words(f"funnel.axis.{per}")},
        },
        "yaxis": {"range": [0, top], "nticks": 5, "tickformat": ",.2~f"},
        "annotations": notes,
        "margin": {"r": _room([text for _, text in ends])},
        "meta": {"narrow": {"xaxis": {"nticks": 3}}},
    }
    return {"data": data, "layout": layout}


def _name(row: Row, own: str | None, words: Words, p: Palette, last: float) -> dict[str, Any]:
    """The name at a point of the funnel, short enough for a phone; far
    to the right it stands on its left.
    """
    color, text = _color(row, own, p), named(row, words).replace("Kabupaten ", "Kab. ") + _sign(row)
    at, strong = "right" if row["exposure"] < last / 2 else "left", color != p.context
    return label(
        row["exposure"], row["value"], text, color if strong else p.ink, side=at, bold=strong
    )


def _apart(notes: Sequence[dict[str, Any]], top: float) -> list[dict[str, Any]]:
    """Move labels of one side down that would lie on the one above."""
    moved, free = [], float("inf")
    for note in sorted(notes, key=lambda one: -float(one["y"])):
        px = PLOT * note["y"] / top
        free = min(px, free - LINE)
        moved.append(note | {"yshift": free - px})
    return moved
