"""What a page shows of a programme that shares yearly figures only: no village, no single KUB."""

from typing import TYPE_CHECKING

from kub.store.data import YearlyOnly
from kub.ui.opening import opening
from kub.web import blocks

if TYPE_CHECKING:
    from kub.ui.content import Content

CHARTS = {
    "overview": ("growth", "sectors", "reconcile"),
    "growth": ("growth", "targets", "growth_flow", "survival"),
    "sectors": ("sectors", "sector_years"),
    "economy": ("revenue", "revenue_sectors"),
}


def yearly(p: "Content") -> None:
    """That the programme shares no more, and what the page answers."""
    title, todo = YearlyOnly(p.programme).message(p.words)
    p.add(blocks.Text(title, todo, boxed=True))
    if p.name == "overview" and p.can_answer("headline"):
        opening(p)
    for chart in CHARTS.get(p.name, ()):
        has_rows = chart != "targets" or p.programme.programme_id in p.data.with_targets
        if has_rows and p.can_answer(chart):
            p.card(p.answer(chart))
