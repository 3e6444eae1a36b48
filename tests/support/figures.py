"""The figures of charts, for tests that look at nothing else of them."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from kub.charts.chart_data import Chart


class Figures:
    """Modules of charts whose functions give their figures alone; whatever else they have as it is.

    Of a name that several have, the first module's counts.
    """

    def __init__(self, *modules: ModuleType) -> None:
        self._modules = modules

    def __getattr__(self, name: str) -> Any:
        module = next((module for module in self._modules if hasattr(module, name)), None)
        if module is None:
            raise AttributeError(name)
        part = getattr(module, name)
        return figure_of(part) if callable(part) else part


def figure_of(draw: Callable[..., Any]) -> Callable[..., Any]:
    def figure(*values: Any, **options: Any) -> Any:
        chart = draw(*values, **options)
        return chart.figure if isinstance(chart, Chart) else chart

    return figure
