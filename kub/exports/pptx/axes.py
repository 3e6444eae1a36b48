"""What a figure's axes and labels say in words: names of rows and ticks,
figures beside dots, Plotly's text as text.
"""

import html
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kub.exports.pptx.sketch import Series


def beside(named: Mapping[Any, str], traces: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Name and the text written at the dot of each row."""
    texts = {
        y: text for t in traces if "text" in t for y, text in zip(t["y"], t["text"], strict=True)
    }
    return [[name, plain_text(str(texts.get(name, "")))] for name in named.values()]


def rows(ticks: Mapping[Any, str], notes: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Name and figures of each row, as the labels beside the dots have
    them; a heading first where there is one.
    """
    beside = [
        note for note in notes if note.get("xref") == "paper" and note.get("yref", "y") != "paper"
    ]
    ats = sorted({note["x"] for note in beside if note.get("y") in ticks})
    texts = {
        (note.get("y"), note["x"]): plain_text(note["text"]).replace("\n", " ") for note in beside
    }
    heading = ["", *(texts.get((-1, at), "") for at in ats)]
    body = [[name, *(texts.get((y, at), "") for at in ats)] for y, name in ticks.items()]
    return [heading, *body] if any(heading) else body


def multiples(series: Sequence[Series], notes: Sequence[Mapping[str, Any]]) -> None:
    """Give stacked bars what the figure writes below a share in them, as '16 %, 0,7×'."""
    below = {
        (note["y"], round(note["x"], 6)): plain_text(note["text"])
        for note in notes
        if "×" in note["text"]
    }
    before: dict[Any, float] = {}
    for one in series:
        for place, (key, value) in enumerate(one.points):
            middle = round(before.get(key, 0) + value / 2, 6)
            before[key] = before.get(key, 0) + value
            if text := below.get((key, middle)):
                one.texts[place] = text


def ticks(axis: Mapping[str, Any]) -> dict[Any, str]:
    names = axis.get("ticktext") or axis.get("tickvals", ())
    return {
        value: plain_text(str(text))
        for value, text in zip(axis.get("tickvals", ()), names, strict=True)
    }


def range(axis: Mapping[str, Any]) -> tuple[float, float] | None:
    ends = axis.get("range")
    return (
        (min(ends), max(ends))
        if ends and all(isinstance(end, int | float) for end in ends)
        else None
    )


def plain_text(text: str) -> str:
    """Plotly's pseudo-HTML as text: its tags gone, its line breaks
    kept, names as they were written.
    """
    return html.unescape(re.sub(r"<(?!br)[^>]*>", "", text).replace("<br>", "\n")).strip(
        "\N{NO-BREAK SPACE} \n"
    )


def as_date(value: str) -> date:
    return date.fromisoformat(value[:10])
