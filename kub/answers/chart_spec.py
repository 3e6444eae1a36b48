"""What a chart of the catalog needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kub.answers.context import Provider
from kub.answers.sizes import Sizes
from kub.charts.chart_data import Chart
from kub.findings import Finding
from kub.findings import options as of
from queries.filters import Filters

Say = Callable[..., Finding]
Draw = Callable[..., Chart | None]


@dataclass(frozen=True)
class ChartSpec:
    """One chart.

    question: whose rows it shows. page: the page that shows it, as in the words `page.<page>`.
    say, draw: its finding, and its data with its figure; without `draw`, and where that gives None,
    it is a table: a list of names is read, not drawn. options: its choices. context: argument of
    `say` or `draw` -> what fetches it. sizes: how much room it needs. is_table: whether it is no
    picture under these filters. computed: made of rows that a page computes, so no step can make
    it again. beside_sectors: what it counts is not narrowed by a filter of sectors; only the KUB
    it names beside it are. slide: columns of its table on a slide, where those of the rows are too
    many. slide_alone: whether that table takes the whole width, since its names are too long for a
    picture beside it. selects: the names of the link whose values its points are, filters or
    controls of the page; a click on one sets them (kub/charts/cross_filter.py).
    """

    question: str
    page: str
    say: Say
    draw: Draw | None = None
    options: type[of.Options] = of.Options
    context: Mapping[str, Provider] = field(default_factory=dict)
    sizes: Sizes = field(default_factory=Sizes)
    is_table: Callable[[Filters], bool] | None = None
    computed: bool = False
    beside_sectors: bool = False
    slide: tuple[str, ...] = ()
    slide_alone: bool = False
    selects: tuple[str, ...] = ()
