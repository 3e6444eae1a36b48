"""What a chart shows of marks that a filter of its own dimension takes away: grey, to be chosen
instead.

Each point of a figure has a code in `customdata` (an area without points: in `meta`), the value of
a filter; of a chart over two filters both, with a space between them. The own figure is that of
the answer, the wide one that of the same question without those filters. Numbers, and whatever is
written at a chosen mark, are the answer's own.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kub.charts.chart_data import ChartData
from kub.charts.labels import SPARE
from kub.look import LIGHT, Figure, Palette

Trace = dict[str, Any]
Chosen = Callable[[str], bool]
Texts = Mapping[tuple[str, str], str]  # (code, as the wide figure has it) -> as it is shown
BETWEEN = " · "  # what is written at a bar
YEAR = "until"
# What a mark has for each of its points.
LISTS = ("x", "y", "text", "hovertext", "customdata")
COURSES = frozenset({"line", "step", "column"})
QUIET = "skip"
# What a map shows, and where its locator stands.
FRAME = ("xaxis", "yaxis", "xaxis2", "yaxis2", "shapes")


def codes(trace: Trace) -> list[str | None]:
    """The code of each point of a trace, of an area that of itself, row by row of a matrix."""
    listed = trace.get("customdata")
    if listed is None:
        return [trace["meta"]] if isinstance(trace.get("meta"), str) else []
    if trace["type"] == "heatmap":
        return [code for row in listed for code in row]
    return list(listed)


def in_years(figure: Figure, known: Chosen) -> Figure:
    """The figure of a course over years with the year of each point as its code. known: years that
    can be chosen.
    """

    def year(x: Any) -> str | None:
        text = str(x)[:4]
        return text if known(text) else None

    data = [
        trace | {"customdata": [year(x) for x in trace["x"]]}
        if trace.get("hoverinfo") != QUIET and trace["type"] in ("scatter", "bar")
        else trace
        for trace in figure["data"]
    ]
    return figure | {"data": data}


def within(own: Figure, wide: Figure, data: ChartData, chosen: Chosen) -> Figure:
    """The own figure among the marks of the wide one. chosen: whether a mark of that code is in the
    own one.

    The own figure alone where a mark of it is not in the wide one, which draws the first of many.
    """
    # Of several parts the sentences say shares of these together, which such a picture contradicts.
    mine = {code for code in _coded(own) if chosen(code)}
    parts = data.kind == "area" and len(mine) > 1
    if parts or not mine <= _coded(wide) or data.kind == "none":
        return own
    if data.kind in ("map", "tiles"):
        return _on_map(own, wide, chosen)
    years = data.kind in COURSES and all(code.isdigit() and len(code) == 4 for code in _coded(wide))
    return _after(own, wide, chosen) if years else _among(own, wide, data, chosen)


def _coded(figure: Figure) -> set[str]:
    return {code for trace in figure["data"] for code in codes(trace) if code}


# --- rows, cells and areas: the wide figure, its other marks grey ---------------------------------


def _among(own: Figure, wide: Figure, data: ChartData, chosen: Chosen) -> Figure:
    texts, stacked = _texts(own, wide, chosen), data.kind == "area"
    traces = [part for trace in wide["data"] for part in _faded(trace, chosen, texts)]
    layout = wide["layout"]
    narrow = layout.get("meta", {}).get("narrow")
    layout = layout | _notes(own["layout"], layout, chosen, stacked)
    if narrow is not None:
        own_narrow = own["layout"].get("meta", {}).get("narrow", {})
        narrow = narrow | _notes(own_narrow, narrow, chosen, stacked)
        layout["meta"] = layout["meta"] | {"narrow": narrow}
    return {"data": traces, "layout": layout}


def _texts(own: Figure, wide: Figure, chosen: Chosen) -> Texts:
    """What is written at bars, by code and what the wide figure writes: at those chosen the
    answer's own, at the others no part that the answer says otherwise. A share of all stands ill
    beside a share of the answer.
    """
    mine, all_texts = _written_at(own), _written_at(wide)
    same = [
        [a == b for a, b in zip(_parts(text), _parts(other), strict=False)]
        for code in mine
        if chosen(code)
        for text, other in zip(mine[code], all_texts[code], strict=False)
    ]
    kept = [all(column) for column in zip(*same, strict=False)]
    texts = {}
    for code, listed in all_texts.items():
        for place, text in enumerate(listed):
            if chosen(code):
                texts[code, text] = mine[code][min(place, len(mine[code]) - 1)]
            else:
                parts = zip(_parts(text), [*kept, *[True] * 9], strict=False)
                texts[code, text] = BETWEEN.join(part for part, keep in parts if keep)
    return texts


def _written_at(figure: Figure) -> dict[str, list[str]]:
    """The texts of bars by their code."""
    texts: dict[str, list[str]] = {}
    for trace in figure["data"]:
        if isinstance(trace.get("text"), list) and trace["type"] == "bar":
            for code, text in zip(codes(trace), trace["text"], strict=False):
                texts.setdefault(code or "", []).append(text)
    return texts


def _parts(text: str) -> list[str]:
    return text.split(BETWEEN)


def _faded(trace: Trace, chosen: Chosen, texts: Texts) -> Iterator[Trace]:
    p, listed = LIGHT, codes(trace)
    stays = [code is not None and chosen(code) for code in listed]
    if not listed or all(stays):
        yield trace
    elif trace["type"] == "heatmap":
        yield from _cells(trace, chosen, p)
    elif trace.get("mode") == "lines" or len(set(listed)) == 1:
        yield trace if stays[0] else _grey(trace, p)
    else:
        yield trace | _marks(trace, listed, stays, texts, p)


def _marks(
    trace: Trace, listed: list[str | None], stays: list[bool], texts: Texts, p: Palette
) -> Trace:
    """Single marks of a trace in grey, and what is written at the others as in the answer."""
    changes: Trace = {}
    if "marker" in trace:
        colors = _per_point(trace["marker"].get("color"), len(stays))
        colors = [color if stay else p.line for color, stay in zip(colors, stays, strict=True)]
        changes["marker"] = trace["marker"] | {"color": colors}
        edge = trace["marker"].get("line", {})
        if "color" in edge and trace["marker"].get("symbol") == "line-ns":  # it is all edge
            ends = [edge["color"] if stay else p.line for stay in stays]
            changes["marker"]["line"] = edge | {"color": ends}
    if isinstance(trace.get("text"), list):
        font = trace.get("textfont", {})
        inks = _per_point(font.get("color", p.ink), len(stays))
        inks = [ink if stay else p.muted for ink, stay in zip(inks, stays, strict=True)]
        changes["textfont"] = font | {"color": inks}
        changes["text"] = [
            texts.get((code or "", text), text)
            for code, text in zip(listed, trace["text"], strict=True)
        ]
    return changes


def _per_point(value: Any, count: int) -> list[Any]:
    return list(value) if isinstance(value, list) else [value] * count


def _cells(heat: Trace, chosen: Chosen, p: Palette) -> Iterator[Trace]:
    """The cells chosen, and the others in one faint shade."""
    stays = [[code is not None and chosen(code) for code in row] for row in heat["customdata"]]
    for keep in (False, True):
        grid = [
            [value if stay is keep else None for value, stay in zip(values, row, strict=True)]
            for values, row in zip(heat["z"], stays, strict=True)
        ]
        faint = {} if keep else {"colorscale": [[0, p.grid], [1, p.grid]]}
        yield heat | {"z": grid} | faint


def _notes(own: Trace, wide: Trace, chosen: Chosen, stacked: bool) -> Trace:
    """The annotations of a layout, those of single marks as the own one has them, or grey.

    stacked: shares of all stand beside parts of all.
    """
    if "annotations" not in wide:
        return {}
    mine = {_slot(note): note for note in own.get("annotations", []) if note.get("name")}
    other = {  # columns in which the answer says something else of the same mark
        note["x"]
        for note in wide["annotations"]
        if not stacked and note.get("text") != mine.get(_slot(note), note).get("text")
        if chosen(note["name"])
    }
    notes = []
    for note in wide["annotations"]:
        if note.get("name", SPARE) == SPARE:
            notes.append(note)
        elif not chosen(note["name"]):
            text = {"text": ""} if note["x"] in other else {}
            notes.append(note | text | {"font": note["font"] | {"color": LIGHT.muted}})
        else:
            same = note if stacked else mine.get(_slot(note), note)
            notes.append(note | {"text": same["text"], "font": same["font"]})
    return {"annotations": notes}


def _slot(note: Trace) -> tuple[str, Any]:
    """Which of its mark's annotations it is."""
    return note.get("name", ""), note["x"]


# --- courses over years: what comes after the year chosen lies grey under it ----------------------


def _after(own: Figure, wide: Figure, chosen: Chosen) -> Figure:
    later = [part for trace in wide["data"] for part in _later(trace, chosen)]
    layout = own["layout"] | {
        name: value for name, value in wide["layout"].items() if name[1:5] == "axis"
    }
    narrow = layout.get("meta", {}).get("narrow", {})
    wide_narrow = wide["layout"].get("meta", {}).get("narrow", {})
    axes = {name: value for name, value in wide_narrow.items() if name[1:5] == "axis"}
    layout["meta"] = layout.get("meta", {}) | {"narrow": narrow | axes}
    if layout["xaxis"].get("type") == "category":
        # What is drawn first, and grey, are the last of them.
        order = list(dict.fromkeys(x for trace in wide["data"] for x in trace["x"]))
        layout["xaxis"] = layout["xaxis"] | {"categoryorder": "array", "categoryarray": order}
    # The end of the own course is written where the grey one goes on.
    layout["annotations"] = [
        note | {"bgcolor": LIGHT.background} for note in layout.get("annotations", [])
    ]
    return {"data": [*later, *own["data"]], "layout": layout}


def _later(trace: Trace, chosen: Chosen) -> Iterator[Trace]:
    """The part of a trace after the years chosen; of a line with the point that it comes from."""
    listed = [str(x)[:4] for x in trace.get("x", [])]
    after = [place for place, year in enumerate(listed) if year.isdigit() and not chosen(year)]
    if not after:
        return
    first = max(after[0] - (trace.get("mode") == "lines"), 0)
    part = {name: trace[name][first:] for name in LISTS if isinstance(trace.get(name), list)}
    marker = trace.get("marker", {})
    cut = {name: value[first:] for name, value in marker.items() if isinstance(value, list)}
    pattern = marker.get("pattern", {})
    if isinstance(pattern.get("shape"), list):
        cut["pattern"] = pattern | {"shape": pattern["shape"][first:]}
    yield _grey(trace | part | ({"marker": marker | cut} if marker else {}), LIGHT)


def _grey(trace: Trace, p: Palette) -> Trace:
    """A whole trace in grey."""
    changes: Trace = {}
    if "line" in trace:
        changes["line"] = trace["line"] | {"color": p.line}
    if "fillcolor" in trace:
        changes["fillcolor"] = p.grid
    if "marker" in trace:
        marker = trace["marker"] | {"color": p.line}
        if "line" in marker:
            marker["line"] = marker["line"] | {"color": p.line}
        if "pattern" in marker:
            marker["pattern"] = marker["pattern"] | {"fgcolor": p.line}
        changes["marker"] = marker
    if "text" in trace and trace["type"] == "bar":
        changes["textfont"] = trace.get("textfont", {}) | {"color": p.muted}
    return trace | changes


# --- maps: the land outside answers too -----------------------------------------------------------


def _on_map(own: Figure, wide: Figure, chosen: Chosen) -> Figure:
    """The own villages on the whole land of the wide map."""
    land: list[Trace] = []
    # Lines between districts and the locator: those of the wide map, which shows more land.
    around = [trace for trace in wide["data"] if _is_around(trace)]
    for trace in (trace for trace in wide["data"] if not _is_around(trace)):
        listed = codes(trace)
        outside = [place for place, code in enumerate(listed) if code and not chosen(code)]
        whole = not listed and trace.get("fill") == "toself" and trace["fillcolor"] != LIGHT.surface
        if whole and not trace["showlegend"]:
            land.append(_flat(trace))
        elif not outside:
            continue
        elif trace.get("mode") == "markers":
            part = {
                name: [trace[name][place] for place in outside]
                for name in LISTS
                if isinstance(trace.get(name), list)
            }
            land.append(trace | part)
        else:
            land.append(_flat(trace))
    mine = [trace for trace in own["data"] if not _is_around(trace)]
    first = [trace for trace in mine[:1] if trace.get("hoverinfo") == QUIET]
    layout = _framed(own["layout"], wide["layout"])
    narrow = [figure["layout"].get("meta", {}).get("narrow") for figure in (own, wide)]
    if None not in narrow:
        layout["meta"] = layout["meta"] | {"narrow": _framed(*narrow)}
    return {"data": [*first, *land, *mine[len(first) :], *around], "layout": layout}


def _is_around(trace: Trace) -> bool:
    return "xaxis" in trace or (trace.get("mode") == "lines" and "fill" not in trace)


def _framed(own: Trace, wide: Trace) -> Trace:
    """The own layout around the land of the wide map, and with its locator."""
    kept = {name: value for name, value in own.items() if name not in FRAME}
    return kept | {name: wide[name] for name in FRAME if name in wide}


def _flat(trace: Trace) -> Trace:
    """Land that can be chosen, in one faint shade."""
    plain = {name: value for name, value in trace.items() if name != "fillpattern"}
    return plain | {"fillcolor": LIGHT.grid}
