"""How much room a chart needs on the stage, so that its smallest letters are read from the last row of a hall.

On a projector letters stay at 18 px or more (chart_fit.js, --kub-least), whatever a chart holds: its rows stand closer
than on a page, and what is more than MOST rows is left out and counted in words. On a phone the step scrolls instead.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from kub.answers.answer import Answer
from kub.answers.step import Step
from kub.charts import awards, benchmark, compared, libraries, microfinance, overview, panels, schools, study
from kub.charts import villages as ranking
from kub.charts.growth import panels_of
from kub.findings.villages import SHOWN

# px of drawing that the smallest letters leave on 1440 × 900 under a long title and above a long takeaway.
LEAST = 380
USUAL, USUAL_TALL = 340, 320  # px a chart needs, unless it says here how many
CLOSE = 0.8  # rows may stand closer than on a page, so that letters can be larger
LINE, ALONE = 28, 54  # px of a row with one line of text, and of an award's row with three
# Rows that a chart draws here at most; the names are those of charts that know `most`.
MOST: Mapping[str, int] = {
    "awards": 5,
    "libraries": 14,
    "microfinance": 6,
    "programme_sectors": 6,
    "study_regencies": 10,
}
CROPPED = {"villages"}  # maps that show the land where the KUB are, and a locator
BY_PROGRAMME = {"programme_sectors"}  # a row of these stands for several of the frame


class Room(NamedTuple):
    """px that a drawing needs: wide, where letters must be large; tall, on a phone, where names stand above rows."""

    wide: int
    tall: int


def _close(tall: int) -> Room:
    return Room(round(tall * CLOSE), tall)


def _panels(frame: pd.DataFrame) -> Room:
    """On a screen they stand three in a row, on a phone two."""
    count = panels_of(frame)
    return Room(round(panels.HEIGHT * max(2, -(-count // 3)) * CLOSE), panels.height(count))


def _rows(frame: pd.DataFrame) -> Room:
    tall = benchmark.height(frame)
    rows = frame["indicator" if "indicator" in frame.columns else "programme"].nunique()
    return Room(LINE * rows + benchmark.FOOT, tall)


def _awards(frame: pd.DataFrame) -> Room:
    shown = frame.head(MOST["awards"])
    return Room(ALONE * max(len(shown), 2) + awards.FOOT, awards.height(shown))


NEEDS: Mapping[str, Callable[[pd.DataFrame], Room]] = {
    "growth": lambda _: Room(LEAST, 420),
    "district_growth": _panels,
    "village_sectors": lambda _: _close(500),
    "specialisation": lambda _: _close(480),
    "activities": lambda _: _close(480),
    "villages": lambda _: Room(LEAST, 400),
    "villages_ranking": lambda frame: _close(ranking.height(int((frame["kub"] > 0).sum()), SHOWN)),
    "rates": _rows,
    "benchmark": _rows,
    "rates_funnel": lambda _: _close(benchmark.FUNNEL),
    "programme_years": lambda _: _close(400),
    "programme_sectors": lambda frame: _close(compared.height(frame, MOST["programme_sectors"])),
    "awards": _awards,
    "libraries": lambda frame: _close(libraries.height(frame.head(MOST["libraries"]))),
    "microfinance": lambda frame: _close(microfinance.height(frame.head(MOST["microfinance"]))),
    "school_villages": lambda frame: _close(schools.height(frame)),
    "study_regencies": lambda frame: _close(study.height(frame.head(MOST["study_regencies"]))),
    "reconcile": lambda frame: _close(overview.height(frame)),
}


def room(answer: Answer) -> Room:
    """What the chart of this answer needs."""
    need = NEEDS.get(answer.chart)
    found = need(answer.frame) if need else Room(USUAL, USUAL_TALL)
    return Room(min(found.wide, LEAST), found.tall)


def shortened(step: Step) -> Step:
    """The step with no more drawn than the stage has room for; what it says stays the same."""
    chart = step.chart or step.question
    if chart in CROPPED:
        return replace(step, view={**step.view, "cropped": True})
    most = MOST.get(chart)
    return step if most is None else replace(step, view={**step.view, "most": most})


def left_out(answer: Answer) -> int:
    """How many rows of this answer its chart leaves out here."""
    if answer.chart not in MOST or answer.figure is None:
        return 0
    rows = answer.frame["programme"].nunique() if answer.chart in BY_PROGRAMME else len(answer.frame)
    return int(max(rows - MOST[answer.chart], 0))
