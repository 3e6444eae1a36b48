"""Pertumbuhan: KUB and members over time, KUB founded and closed, how long they last, where they
grow.
"""

from kub.answers.cross_filter import stands_among_others
from kub.charts.districts import panels_of
from kub.findings.options import SCALES, GrowthOptions
from kub.ui import content
from kub.ui.content import Content
from queries.filters import MEASURES


def show(p: Content) -> None:
    p.ahead("survival", "district_growth")
    years = p.data.ask("growth", p.filters)
    if not years[["founded", "closed", "active"]].to_numpy().any():
        p.empty()
        return
    scales, scale = p.control("scale", SCALES)
    measures, _ = p.control("measure", MEASURES)
    p.controls(scales, measures)
    if scale == "indexed":
        p.card(p.answer("growth", GrowthOptions(scale="indexed")), height=420)
    else:
        p.card(p.answer("growth", GrowthOptions(both=True)))

    # They speak of the whole programme, whatever the filters.
    if p.programme.programme_id in p.data.with_targets:
        p.section("targets")
        p.card(p.answer("targets"))

    p.section("lives")
    left, right = p.columns(1, 1)
    left.card(p.answer("growth_flow"))
    right.card(p.answer("survival"))

    # A single panel would repeat the chart above, unless others stand beside it.
    panels = panels_of(p.data.ask("district_growth", p.filters))
    if panels > 1 or stands_among_others("district_growth", p.filters):
        p.section("districts")
        p.card(p.answer("district_growth"))


content.run("growth", show)
