"""How reports come in over a year: the share of KUB that have reported by the end of each month."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from babel.dates import get_month_names

from kub.charts.label_layout import widest
from kub.look import BODY, LIGHT, Figure, label, line
from kub.words import Words

HEIGHT = 300  # px
CLOSE = 0.09  # of all: two labels at the ends of lines that are nearer would overlap
MONTHS = range(1, 13)


@dataclass(frozen=True)
class Course:
    """A year. shares: of the KUB expected, by the end of January and so on; as far as it is known.
    provisional: whether the last month is not over, or not the year's last.
    """

    year: int
    shares: Sequence[float]
    provisional: bool = False


def months(now: Course, before: Course | None, words: Words) -> Figure:
    """Lines over twelve months from nothing to all, the year before in grey.

    Both years hold at least one month. The figure is drawn in light colours, which the browser
    turns over.
    """
    names = get_month_names("abbreviated", locale=words.lang)
    courses = [(before, LIGHT.context, 2.0)] if before else []
    courses.append((now, LIGHT.accent, 3.0))
    traces: list[dict[str, Any]] = []
    labels = []
    for course, color, width in courses:
        x = list(MONTHS)[: len(course.shares)]
        hover = f"{course.year}, %{{customdata}}<extra></extra>"
        texts = [
            f"{names[month]}: {words.percent(share, 0)}"
            for month, share in zip(x, course.shares, strict=True)
        ]
        traces += line(
            x,
            list(course.shares),
            color,
            provisional=course.provisional,
            width=width,
            customdata=texts,
            hovertemplate=hover,
        )
        text = f"{course.year}: {words.percent(course.shares[-1], 0)}"
        bold = course is now
        # On a phone a label right of the middle would run into that of the year before.
        side = "left" if bold and before and 5 < x[-1] < 12 else "right"
        labels.append(label(x[-1], course.shares[-1], text, color, side=side, bold=bold))
    _apart(labels)
    room = round(widest([str(mark["text"]) for mark in labels], 700, BODY)) + 14
    ticks = {"tickvals": list(MONTHS), "ticktext": [names[month] for month in MONTHS]}
    narrow = {"tickvals": [1, 4, 7, 10], "ticktext": [names[month] for month in (1, 4, 7, 10)]}
    quarters = [0.0, 0.25, 0.5, 0.75, 1.0]
    return {
        "data": traces,
        "layout": {
            "margin": {"r": room if labels[-1]["x"] > 9 or before else 16},
            "xaxis": {"range": [0.7, 12.05], "tickangle": 0} | ticks,
            "yaxis": {
                "range": [0, 1.06],
                "tickvals": quarters,
                "ticktext": [words.percent(share, 0) for share in quarters],
            },
            "annotations": labels,
            "meta": {"narrow": {"xaxis": narrow}},
        },
    }


def _apart(labels: list[dict[str, Any]]) -> None:
    """Lift the label of the year itself off that of the year before, where both end alike."""
    if len(labels) == 2 and labels[0]["x"] == labels[1]["x"]:
        low, high = labels[0], labels[1]
        if abs(low["y"] - high["y"]) < CLOSE:
            over = high if high["y"] >= low["y"] else low
            under = low if over is high else high
            over["yshift"], under["yshift"] = 9, -9
