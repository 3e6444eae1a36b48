"""The figures of charts, for tests that look at nothing else of them."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from kub.charts.chart_data import Chart


class Figures:
    """A module of charts whose functions give their figures alone; whatever else it has as it is."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        part = getattr(self._module, name)
        return figure_of(part) if callable(part) else part


def figure_of(draw: Callable[..., Any]) -> Callable[..., Any]:
    def figure(*values: Any, **options: Any) -> Any:
        chart = draw(*values, **options)
        return chart.figure if isinstance(chart, Chart) else chart

    return figure
