"""The heights of charts in px: on a page, on paper, and on the stage.

On a projector letters stay at 18 px or more (chart_fit.js, --kub-least), whatever a chart holds:
its rows stand closer than on a page, and what is more than `rows` of them is left out and
counted in words. On a phone the step scrolls instead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import pandas as pd

from kub.charts import awards, benchmark, panels, targets
from kub.charts import mixes as mixes_charts
from kub.charts import villages as villages_charts
from kub.charts.districts import panels_of
from kub.findings.villages import SHOWN

USUAL = 380
TALLEST = 640  # on paper
LOW = 290  # on paper, where two share a page
# px of drawing that the smallest letters leave on 1440 × 900 under a long title and above a long
# takeaway.
MOST_ON_STAGE = 380
CLOSE = 0.8  # on the stage rows may stand closer than on a page, so that letters can be larger
LINE, ALONE = 28, 54  # px of a row with a single line of text, and of an award's row with three

Height = int | Callable[[pd.DataFrame], int]


class Stage(NamedTuple):
    """wide: px on a projector, where letters must be large; tall: on a
    phone, where names stand above rows.
    """

    wide: int
    tall: int


@dataclass(frozen=True)
class Sizes:
    """px high on a page and on paper; low: on paper where two share a page.

    stage: by the rows drawn there. rows: most rows drawn there, of all where None; row: the
    column whose values are the rows drawn, where several rows of the frame make one.
    """

    page: Height = USUAL
    paper: Height = USUAL
    low: int | None = LOW
    stage: Stage | Callable[[pd.DataFrame], Stage] = Stage(340, 320)
    rows: int | None = None
    row: str = ""

    def on_page(self, frame: pd.DataFrame) -> int:
        """Height on a page, px."""
        return _px(self.page, frame)

    def on_paper(self, frame: pd.DataFrame) -> int:
        """Height on paper, px, at most TALLEST."""
        return min(_px(self.paper, frame), TALLEST)

    def on_paper_low(self, frame: pd.DataFrame) -> int:
        """Height on paper where two charts share a page, px."""
        high = self.on_paper(frame)
        if self.low is None:
            return high
        return min(high, self.low)

    def on_stage(self, frame: pd.DataFrame) -> Stage:
        """Heights on a projector and on a phone, px, for the rows drawn there."""
        shown = frame if self.row else frame.head(self.rows or len(frame))
        need = self.stage if isinstance(self.stage, Stage) else self.stage(shown)
        # Only the projector is bounded: a phone scrolls.
        return Stage(min(need.wide, MOST_ON_STAGE), need.tall)

    def left_out(self, frame: pd.DataFrame) -> int:
        """How many rows the stage does not draw."""
        if self.rows is None:
            return 0
        count = frame[self.row].nunique() if self.row else len(frame)
        return int(max(count - self.rows, 0))


def _px(height: Height, frame: pd.DataFrame) -> int:
    return height if isinstance(height, int) else height(frame)


def _close(tall: int) -> Stage:
    return Stage(round(tall * CLOSE), tall)


def close(height: Height) -> Callable[[pd.DataFrame], Stage]:
    """On the stage rows stand closer than `height` has them on a page."""
    return lambda frame: _close(_px(height, frame))


def by_rows(height: Callable[[pd.DataFrame], int], rows: int | None = None) -> Sizes:
    """Of a chart as high as its rows, wherever it stands. height: px of a frame.

    rows: as in Sizes.
    """
    return Sizes(height, height, None, close(height), rows)


def bars(rows: int) -> Callable[[pd.DataFrame], int]:
    """Of bars for the rows of a frame that hold KUB, at most `rows`."""
    return lambda frame: villages_charts.height(int((frame["kub"] > 0).sum()), rows)


def districts(frame: pd.DataFrame) -> int:
    """Of bars for districts, on a page."""
    return villages_charts.coverage_height(frame)


def mixes(rows: int) -> Sizes:
    """Of one bar for each programme, at most `rows` of them on the stage."""
    drawn = partial(mixes_charts.height, most=rows)
    return Sizes(mixes_charts.height, mixes_charts.height, None, close(drawn), rows, "programme")


def of_panels(frame: pd.DataFrame) -> int:
    """On a page, small multiples."""
    return panels.height(panels_of(frame))


def panels_on_stage(frame: pd.DataFrame) -> Stage:
    """On a screen they stand three in a row, on a phone two."""
    count = panels_of(frame)
    return Stage(round(panels.HEIGHT * max(2, -(-count // 3)) * CLOSE), panels.height(count))


def of_targets(frame: pd.DataFrame) -> int:
    """On a page, a panel for each indicator with a target."""
    return targets.height(targets.panels_of(frame))


def targets_on_stage(frame: pd.DataFrame) -> Stage:
    """On a screen they stand three in a row, on a phone two."""
    count = targets.panels_of(frame)
    return Stage(targets.HEIGHT * max(2, -(-count // 3)), targets.height(count))


def dots_on_stage(frame: pd.DataFrame) -> Stage:
    """Rows with a single line of text: indicators of `benchmark`, or programmes of `rates`."""
    name = "indicator" if "indicator" in frame.columns else "programme"
    rows = frame[name].nunique()
    return Stage(LINE * rows + benchmark.FOOT, benchmark.height(frame))


def awards_on_stage(frame: pd.DataFrame) -> Stage:
    """A row with three lines of text for each award."""
    return Stage(ALONE * max(len(frame), 2) + awards.FOOT, awards.height(frame))


DOTS = Sizes(benchmark.height, benchmark.height, None, dots_on_stage)
RANKING = Sizes(bars(SHOWN), stage=close(bars(SHOWN)))
AWARDS = Sizes(awards.height, awards.height, None, awards_on_stage, 5)
PANELS = Sizes(of_panels, stage=panels_on_stage)
TARGETS = Sizes(of_targets, of_targets, None, targets_on_stage)
