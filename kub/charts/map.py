"""The map of villages by KUB or members: why each has the shade that it has, and what the pointer
says of it (kub/charts/shading.py draws it).
"""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from kub.charts.chart_data import Chart
from kub.charts.shading import Layer, shaded
from kub.findings.phrases import count, plural
from kub.findings.reach import (
    VillageState,
    amount,
    column,
    noun,
    spec,
    states,
    valued,
)
from kub.look import Mode, safe
from kub.places.areas import Areas
from kub.words import Words

# How land without a value is drawn (kub/look.py), in the order of the legend.
WITHOUT: Mapping[str, str] = {
    "none": "none",
    "not_reported": "not_reported",
    "no_population": "not_reported",
    "suppressed": "suppressed",
}


def villages(
    frame: pd.DataFrame,
    words: Words,
    mode: Mode,
    measure: str = "kub",
    per: str = "",
    areas: Areas | None = None,
    selected: str | None = None,
    newest: pd.DataFrame | None = None,
) -> Chart:
    """Where are the KUB, and where are none? One fill per class; hatched where there is no KUB.

    areas: of all villages of the programme; without them, tiles of those in the frame. Villages
    that are not in the frame are drawn as empty land. selected: code of the village to outline.
    newest: the same rows at the newest date: the maps of all years show the same land in the same
    classes.
    """
    shown = column(measure, per)
    latest = frame if newest is None else newest
    state_of = dict(zip(frame["village_code"], states(frame, shown), strict=True))
    layer = Layer(
        title=words(f"villages.legend.{shown}"),
        spec=spec(shown),
        values=dict(zip(frame["village_code"], frame[shown], strict=True)),
        states=state_of,
        texts=_texts(frame, shown, state_of, words),
        without={name: (words(f"villages.legend.{name}"), fill) for name, fill in WITHOUT.items()},
        outside=words("villages.legend.outside"),
        heading=words(
            "villages.legend.heading",
            title=words(f"villages.legend.{shown}"),
            noun=noun(frame["village_code"], words),
        ),
        noun=partial(noun, frame["village_code"], words),
        scale=valued(latest, shown)[shown].astype(float).tolist(),
        reach=latest["village_code"][latest["kub"] > 0],
    )
    return shaded(frame, layer, words, mode, areas, selected)


def _texts(
    frame: pd.DataFrame, shown: str, state_of: Mapping[str, VillageState], words: Words
) -> dict[str, str]:
    """What the pointer says of each village."""
    # Column by column: rows as dicts would take three times as long, and this is most of the
    # figure's time.
    columns = (
        frame[name].tolist()
        for name in ("village_code", "village", "district", "kub", "unreported", shown)
    )
    texts = {}
    for code, village, district, kub, unreported, value in zip(*columns, strict=True):
        lines = [
            f"<b>{safe(village)}</b>",
            safe(words("villages.hover.district", district=district)),
        ]
        texts[code] = "<br>".join(
            [*lines, *_lines(kub, unreported, value, shown, state_of[code], words)]
        )
    return texts


def _lines(
    kub: int, unreported: int, value: float, shown: str, state: VillageState, words: Words
) -> list[str]:
    if state == "none":
        return [words("villages.legend.none")]
    lines = [count(words, "kub", kub)]
    if state != "value":
        return [*lines, words(f"villages.legend.{state}")]
    if shown != "kub":
        lines.append(amount(words, shown, value))
    if shown == "members" and unreported:
        lines.append(plural(words, "village_kub.unreported", unreported))
    return lines
